import fvad from '@echogarden/fvad-wasm';
import { frameRateHz } from '../../../../vad/silero/frame.ts';
import type { FrameRating } from './frame-rating.ts';

/** 10 ms, the shortest that it takes. */
const pieceSamples = frameRateHz / 100;
/** From one that lets nearly all pass to one that passes only what it is sure of. */
const modes = [0, 1, 2, 3];

/**
 * WebRTC's detector (two Gaussian mixtures in each of six bands), as libfvad compiled to WebAssembly. It only says yes or
 * no, so the rating is by how many of its four modes say yes, 0 to 4, the mean of the pieces that end in a frame.
 */
export async function webrtc(wasmBinary: ArrayBuffer): Promise<FrameRating> {
  const lib = await fvad({ wasmBinary });
  const handles = modes.map((mode) => {
    const handle = lib._fvad_new();
    lib._fvad_set_sample_rate(handle, frameRateHz);
    lib._fvad_set_mode(handle, mode);
    return handle;
  });
  const memory = lib._malloc(2 * pieceSamples);
  const piece = new Int16Array(pieceSamples);
  let filled = 0;

  return {
    rate(frame) {
      const votes: number[] = [];
      for (const sample of frame) {
        piece[filled] = Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768)));
        filled += 1;
        if (filled < pieceSamples) continue;
        filled = 0;
        lib.HEAP16.set(piece, memory / 2);
        const yes = handles.filter(
          (handle) => lib._fvad_process(handle, memory, pieceSamples) === 1,
        );
        votes.push(yes.length);
      }
      return [votes.reduce((sum, vote) => sum + vote, 0) / votes.length];
    },
    finish: () => [],
    release() {
      for (const handle of handles) lib._fvad_free(handle);
      lib._free(memory);
    },
  };
}
