declare module '@echogarden/fvad-wasm' {
  /** libfvad as its C functions; `handle` is an address in the memory. */
  interface Fvad {
    /** The memory may have moved after each call that allocates. */
    readonly HEAP16: Int16Array;
    _malloc(bytes: number): number;
    _free(address: number): void;
    _fvad_new(): number;
    _fvad_free(handle: number): void;
    _fvad_set_mode(handle: number, mode: number): number;
    _fvad_set_sample_rate(handle: number, rateHz: number): number;
    /** 1 for speech, 0 for none, -1 for a length that it does not take. */
    _fvad_process(handle: number, samples: number, count: number): number;
  }
  export default function fvad(options: { wasmBinary: ArrayBuffer }): Promise<Fvad>;
}
