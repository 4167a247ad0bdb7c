import { bandsOf, levelOf } from './level.ts';

/** Reads the level of one point of an audio graph, whenever it is asked. */
export class Meter {
  readonly node: AnalyserNode;
  readonly #samples: Float32Array<ArrayBuffer>;
  readonly #spectrum: Float32Array<ArrayBuffer>;

  constructor(context: AudioContext) {
    this.node = context.createAnalyser();
    this.node.fftSize = 1024;
    this.node.smoothingTimeConstant = 0.6;
    this.#samples = new Float32Array(this.node.fftSize);
    this.#spectrum = new Float32Array(this.node.frequencyBinCount);
  }

  /** 0 to 1, over the last 20 ms or so. */
  level(): number {
    this.node.getFloatTimeDomainData(this.#samples);
    return levelOf(this.#samples);
  }

  /** Each 0 to 1, from low to high frequencies. */
  bands(count: number): Float32Array {
    this.node.getFloatFrequencyData(this.#spectrum);
    return bandsOf(this.#spectrum, this.node.context.sampleRate, count);
  }
}
