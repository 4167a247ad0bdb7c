import { frameSamples } from '../silero/frame.ts';
import type { SpeechModel } from '../silero/model.ts';
import { layerNames, type SileroParameters } from '../silero/parameters.ts';
import { transformTables } from '../silero/spectrum.ts';

/** What the compiled `assembly/silero.ts` exports; addresses and sizes in bytes. */
interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  tablesAddress(): number;
  frameAddress(): number;
  parametersAddress(): number;
  statesAddress(): number;
  stateBytes(): number;
  probability(state: number): number;
}

/** As much of WebAssembly as is used: browsers and Node each have types of their own for it. */
interface Assembler {
  instantiate(
    wasm: Uint8Array<ArrayBuffer> | ArrayBuffer,
    imports: object,
  ): Promise<{ instance: { exports: unknown } }>;
}

const pageBytes = 65_536;

/**
 * The net of `Silero` in WebAssembly: the same probabilities to 1e-5, some ten times as fast. One kernel holds the weights
 * once and serves any number of streams, one call after another.
 */
export class SileroKernel {
  readonly #exports: KernelExports;
  readonly #free: number[] = [];
  #nextState: number;
  /** Over the kernel's memory as it is; a new one is needed whenever that has grown. */
  #floats: Float32Array;

  private constructor(exports: KernelExports, parameters: SileroParameters) {
    this.#exports = exports;
    this.#nextState = exports.statesAddress();
    this.#floats = new Float32Array(exports.memory.buffer);
    this.#write(exports.tablesAddress(), tables());
    let at = exports.parametersAddress();
    for (const name of layerNames) {
      const { weights, biases } = parameters[name];
      this.#write(at, weights);
      this.#write(at + weights.byteLength, biases);
      at += weights.byteLength + biases.byteLength;
    }
  }

  /** Rejects where WebAssembly, its SIMD or a policy does not let it run; then `Silero` does the same, more slowly. */
  static async load(
    wasm: Uint8Array<ArrayBuffer> | ArrayBuffer,
    parameters: SileroParameters,
  ): Promise<SileroKernel> {
    const { WebAssembly: assembler } = globalThis as unknown as { WebAssembly?: Assembler };
    if (!assembler) throw new Error('There is no WebAssembly here.');
    const { instance } = await assembler.instantiate(wasm, {});
    return new SileroKernel(instance.exports as KernelExports, parameters);
  }

  /** A stream of its own, at its beginning. */
  open(): KernelStream {
    return new KernelStream(this);
  }

  /** @internal For `KernelStream`: room for what a stream remembers. */
  takeState(): number {
    const state = this.#free.pop() ?? this.#grow();
    this.clearState(state);
    return state;
  }

  /** @internal */
  releaseState(state: number): void {
    this.#free.push(state);
  }

  /** @internal */
  clearState(state: number): void {
    this.#floats.fill(0, state / 4, (state + this.#exports.stateBytes()) / 4);
  }

  /** @internal */
  probability(state: number, frame: Float32Array): number {
    this.#write(this.#exports.frameAddress(), frame);
    return this.#exports.probability(state);
  }

  #grow(): number {
    const { memory } = this.#exports;
    const state = this.#nextState;
    this.#nextState += this.#exports.stateBytes();
    const missing = this.#nextState - memory.buffer.byteLength;
    if (missing > 0) {
      memory.grow(Math.ceil(missing / pageBytes));
      this.#floats = new Float32Array(memory.buffer);
    }
    return state;
  }

  #write(address: number, values: Float32Array): void {
    this.#floats.set(values, address / 4);
  }
}

/** One stream in a kernel. Has to be closed, so that the next one can have its place. */
export class KernelStream implements SpeechModel {
  readonly #kernel: SileroKernel;
  #state: number | undefined;

  constructor(kernel: SileroKernel) {
    this.#kernel = kernel;
    this.#state = kernel.takeState();
  }

  probability(frame: Float32Array): number {
    if (frame.length !== frameSamples) {
      throw new RangeError(`A frame has ${frameSamples} samples, this one ${frame.length}.`);
    }
    return this.#kernel.probability(this.#open(), frame);
  }

  reset(): void {
    this.#kernel.clearState(this.#open());
  }

  close(): void {
    if (this.#state === undefined) return;
    this.#kernel.releaseState(this.#state);
    this.#state = undefined;
  }

  #open(): number {
    if (this.#state === undefined) throw new Error('The stream is closed.');
    return this.#state;
  }
}

/** Window, cosines, sines and places, one after the other; the places are whole numbers in the bits of floats. */
function tables(): Float32Array {
  const { window, cosines, sines, reversed } = transformTables;
  const all = new Float32Array(window.length + cosines.length + sines.length + reversed.length);
  all.set(window);
  all.set(cosines, window.length);
  all.set(sines, window.length + cosines.length);
  new Uint32Array(all.buffer).set(reversed, window.length + cosines.length + sines.length);
  return all;
}
