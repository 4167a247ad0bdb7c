import type { Model, ModelFactory } from '@ricky0123/vad-web/dist/models/common.js';
import { SileroLegacy } from '@ricky0123/vad-web/dist/models/legacy.js';
import { Silero } from '@ricky0123/vad-web/dist/models/silero.js';
import * as ort from 'onnxruntime-web/wasm';
import { frameSamples } from '../../../../vad/silero/frame.ts';
import type { FrameRating } from './frame-rating.ts';

/** The models as @ricky0123/vad-web runs them, and how many of our frames make one of theirs. */
const models = {
  legacy: { open: SileroLegacy.new, framesInOne: 3 },
  v5: { open: Silero.new, framesInOne: 1 },
} satisfies Record<string, { open: ModelFactory; framesInOne: number }>;

type Kind = keyof typeof models;

/** Opened once; a recording begins by forgetting the one before. */
const opened = new Map<Kind, Promise<Model>>();

/** `fetchRuntime` brings the WebAssembly of ONNX Runtime; it is asked with the first model, and once. */
export async function vadWeb(
  kind: Kind,
  fetchModel: () => Promise<ArrayBuffer>,
  fetchRuntime: () => Promise<ArrayBuffer>,
): Promise<FrameRating> {
  ort.env.wasm.wasmBinary ??= await fetchRuntime();
  // More would need shared memory, for which the page is not isolated.
  ort.env.wasm.numThreads = 1;
  const { open, framesInOne } = models[kind];
  const opening = opened.get(kind) ?? open(ort, fetchModel);
  opened.set(kind, opening);
  try {
    const model = await opening;
    model.reset_state();
    return new VadWebRating(model, framesInOne);
  } catch (error) {
    opened.delete(kind);
    throw error;
  }
}

class VadWebRating implements FrameRating {
  readonly #model: Model;
  readonly #framesInOne: number;
  readonly #long: Float32Array;
  #held = 0;

  constructor(model: Model, framesInOne: number) {
    this.#model = model;
    this.#framesInOne = framesInOne;
    this.#long = new Float32Array(framesInOne * frameSamples);
  }

  async rate(frame: Float32Array): Promise<readonly number[]> {
    this.#long.set(frame, this.#held * frameSamples);
    this.#held += 1;
    return this.#held === this.#framesInOne ? this.#weigh() : [];
  }

  async finish(): Promise<readonly number[]> {
    if (this.#held === 0) return [];
    this.#long.fill(0, this.#held * frameSamples);
    return this.#weigh();
  }

  release(): void {
    this.#model.reset_state();
  }

  /** One probability for as many of our frames as are in it. */
  async #weigh(): Promise<readonly number[]> {
    const { isSpeech } = await this.#model.process(this.#long);
    const ratings = Array<number>(this.#held).fill(isSpeech);
    this.#held = 0;
    return ratings;
  }
}
