import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import * as ort from 'onnxruntime-web';
import { modelModule } from '../../vad/packing/pack.ts';
import { frameRateHz, frameSamples } from '../../vad/silero/frame.ts';

const contextSamples = 64;

/** Silero's model file as ONNX Runtime runs it: the yardstick of our own forward pass. */
export class OnnxSilero {
  readonly #session: ort.InferenceSession;
  readonly #rate = new ort.Tensor('int64', BigInt64Array.from([BigInt(frameRateHz)]), []);

  private constructor(session: ort.InferenceSession) {
    this.#session = session;
  }

  static async load(): Promise<OnnxSilero> {
    const model = await readFile(createRequire(import.meta.url).resolve(modelModule));
    return new OnnxSilero(await ort.InferenceSession.create(model));
  }

  /** The probability of each frame of a sound (16 kHz) that is heard from its beginning. */
  async probabilities(sound: Float32Array): Promise<number[]> {
    let state = new ort.Tensor('float32', new Float32Array(256), [2, 1, 128]);
    const heard = new Float32Array(contextSamples + frameSamples);
    const answers: number[] = [];
    for (let at = 0; at + frameSamples <= sound.length; at += frameSamples) {
      heard.copyWithin(0, frameSamples);
      heard.set(sound.subarray(at, at + frameSamples), contextSamples);
      const input = new ort.Tensor('float32', heard.slice(), [1, heard.length]);
      const { output, stateN } = await this.#session.run({ input, state, sr: this.#rate });
      if (!(output && stateN)) throw new Error('The model answered something else.');
      answers.push(Number(output.data[0]));
      state = stateN as typeof state;
    }
    return answers;
  }
}
