import { beginsWav } from '../../../vad/wav/format.ts';
import { WavProblem } from '../../../vad/wav/problem.ts';
import { WavReader } from '../../../vad/wav/reader.ts';
import type { Block, Decoding } from './decoding.ts';
import { RecordingError } from './problem.ts';

export async function beginsAsWav(file: Blob): Promise<boolean> {
  return beginsWav(await file.slice(0, 4).text());
}

/** Reads a WAV file of any kind, mixed to one channel. Rejects with a `RecordingError`, as its blocks do. */
export async function decodeWav(file: Blob): Promise<Decoding> {
  const pieces = file.stream().getReader();
  const reader = new WavReader();
  // Up to the first samples, so that the format is known.
  const first = await read(pieces, reader);
  const format = reader.format;
  if (!first || !format) throw new RecordingError({ kind: 'silent' });
  const { rateHz, encoding, bytesPerSample } = format;
  async function* blocks(): AsyncGenerator<Block, void, unknown> {
    for (let mono = first; mono; mono = await read(pieces, reader))
      yield { rateHz, channels: [mono] };
  }
  return {
    codec: `${encoding}-${8 * bytesPerSample}`,
    channels: format.channels,
    durationS: reader.declaredMs === undefined ? undefined : reader.declaredMs / 1000,
    blocks: blocks(),
    release: () => void pieces.cancel().catch(() => undefined),
  };
}

/** The next samples; undefined at the end. */
async function read(
  pieces: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  reader: WavReader,
): Promise<Float32Array<ArrayBuffer> | undefined> {
  try {
    for (;;) {
      const { done, value } = await pieces.read();
      if (done) {
        reader.finish();
        return undefined;
      }
      const mono = reader.feed(value);
      if (mono.length > 0) return new Float32Array(mono);
    }
  } catch (error) {
    if (!(error instanceof WavProblem)) throw error;
    const empty = error.kind === 'empty';
    throw new RecordingError(
      empty ? { kind: 'silent' } : { kind: 'broken', detail: error.message },
    );
  }
}
