// Audio thread. Takes: the assistant's voice. Gives: the same, or silence while the person cuts in. Posts: how loud it
// was, to the detector's worker, which commands it without going through the page.
import type { DuckCommand, PlayedLevels } from '../vad/messages.ts';
import { levelMs } from './echo.ts';

// The lib for pages does not know the audio thread's globals.
declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

/** Short enough to be at once, long enough not to click. */
const fadeMs = 5;
/** Levels are told four at a time, which is one frame of the detector. */
const levelsTold = 4;

class DuckProcessor extends AudioWorkletProcessor {
  readonly #step = 1000 / (fadeMs * sampleRate);
  readonly #levelSamples = Math.round((levelMs * sampleRate) / 1000);
  #gain = 1;
  #target = 1;
  #detector: MessagePort | undefined;
  #closed = false;
  #received: number[] = [];
  #played: number[] = [];
  #receivedSquares = 0;
  #playedSquares = 0;
  #summed = 0;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<MessagePort | DuckCommand | 'close'>) => {
      if (data === 'close') this.#close();
      else if (data instanceof MessagePort) this.#obey(data);
      else this.#target = data.kind === 'duck' ? 0 : 1;
    };
  }

  process(
    [input]: readonly (readonly Float32Array[])[],
    [output]: readonly (readonly Float32Array[])[],
  ): boolean {
    const length = output?.[0]?.length ?? input?.[0]?.length ?? 0;
    for (let i = 0; i < length; i += 1) {
      if (this.#gain < this.#target) this.#gain = Math.min(this.#target, this.#gain + this.#step);
      if (this.#gain > this.#target) this.#gain = Math.max(this.#target, this.#gain - this.#step);
      output?.forEach((channel, index) => {
        channel[i] = (input?.[index]?.[i] ?? 0) * this.#gain;
      });
      this.#measure(input?.[0]?.[i] ?? 0, this.#gain);
    }
    return !this.#closed;
  }

  #obey(detector: MessagePort): void {
    this.#detector = detector;
    detector.onmessage = ({ data }: MessageEvent<DuckCommand>) => {
      this.#target = data.kind === 'duck' ? 0 : 1;
    };
  }

  /** Without a detector the voice must never stay lowered. */
  #close(): void {
    this.#target = 1;
    this.#detector?.close();
    this.#detector = undefined;
    this.#closed = true;
  }

  #measure(sample: number, gain: number): void {
    this.#receivedSquares += sample * sample;
    this.#playedSquares += sample * sample * gain * gain;
    this.#summed += 1;
    if (this.#summed < this.#levelSamples) return;
    this.#received.push(Math.sqrt(this.#receivedSquares / this.#summed));
    this.#played.push(Math.sqrt(this.#playedSquares / this.#summed));
    this.#receivedSquares = this.#playedSquares = this.#summed = 0;
    if (this.#received.length < levelsTold) return;
    const levels: PlayedLevels = { received: this.#received, played: this.#played };
    this.#detector?.postMessage(levels);
    this.#received = [];
    this.#played = [];
  }
}

registerProcessor('barge-in-duck', DuckProcessor);
