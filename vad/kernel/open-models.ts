import type { SpeechModel } from '../silero/model.ts';
import { unpack } from '../silero/parameters.ts';
import { Silero } from '../silero/silero.ts';
import { SileroKernel } from './kernel.ts';

export interface OpenModel extends SpeechModel {
  close(): void;
}

/** Where the detectors of many streams come from. */
export interface ModelSource {
  /** `plain` where WebAssembly cannot be had: the same answers, more slowly. */
  readonly kind: 'kernel' | 'plain';
  open(): OpenModel;
}

/** Takes the kernel if it will run here, else the plain pass. Throws a `RangeError` for weights that are none. */
export async function openModels(
  wasm: Uint8Array<ArrayBuffer> | ArrayBuffer,
  weights: ArrayBuffer,
): Promise<ModelSource> {
  const parameters = unpack(weights);
  try {
    const kernel = await SileroKernel.load(wasm, parameters);
    return { kind: 'kernel', open: () => kernel.open() };
  } catch {
    return { kind: 'plain', open: () => new PlainModel(parameters) };
  }
}

class PlainModel extends Silero implements OpenModel {
  close(): void {
    this.reset();
  }
}
