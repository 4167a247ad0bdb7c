import {
  ALL_FORMATS,
  AudioSampleSink,
  BlobSource,
  Input,
  type AudioSample,
  type InputAudioTrack,
} from 'mediabunny';
import { beginsAsWav, decodeWav } from './decode-wav.ts';
import type { Block, Decoding } from './decoding.ts';
import { RecordingError } from './problem.ts';

/** Time stamps are rounded, so that only a gap of more than this is one. */
const smallestGapS = 0.05;
/** A time stamp that leaves a longer gap is taken for a mistake, and the sound goes on without it. */
const longestGapS = 3600;
/** Much more than any packet that a decoder keeps to itself; a 2-hour file goes through in pieces of this. */
const cacheBytes = 4 * 1024 * 1024;

/**
 * Opens a recording without holding it: the file is read as far as it is decoded. Rejects with a `RecordingError`.
 * Compressed sound is decoded by the browser (WebCodecs). WAV files are read as the service and the command line read
 * them, so that all three find the same.
 */
export async function decode(file: Blob): Promise<Decoding> {
  if (file.size === 0) throw new RecordingError({ kind: 'empty' });
  if (await beginsAsWav(file)) return decodeWav(file);
  return decodeByBrowser(file);
}

/** Every channel, which the reader of WAV files does not keep apart. */
export async function decodeChannels(file: Blob): Promise<Decoding> {
  if (file.size === 0) throw new RecordingError({ kind: 'empty' });
  try {
    return await decodeByBrowser(file);
  } catch (error) {
    if (await beginsAsWav(file)) return decodeWav(file);
    throw error;
  }
}

async function decodeByBrowser(file: Blob): Promise<Decoding> {
  const source = new BlobSource(file, { maxCacheSize: cacheBytes });
  const input = new Input({ formats: ALL_FORMATS, source });
  try {
    if (!(await input.canRead())) throw new RecordingError({ kind: 'format' });
    const track = await input.getPrimaryAudioTrack();
    if (!track) throw new RecordingError({ kind: 'silent' });
    const codec = (await track.getCodec()) ?? 'unknown';
    if (!(await track.canDecode())) throw new RecordingError({ kind: 'codec', codec });
    const durationS = await input.getDurationFromMetadata();
    return {
      codec,
      channels: await track.getNumberOfChannels(),
      durationS: durationS !== null && durationS > 0 ? durationS : undefined,
      blocks: blocksOf(track),
      release: () => input.dispose(),
    };
  } catch (error) {
    input.dispose();
    throw error;
  }
}

async function* blocksOf(track: InputAudioTrack): AsyncGenerator<Block, void, unknown> {
  let endS = 0;
  for await (const sample of new AudioSampleSink(track).samples()) {
    try {
      const gapS = sample.timestamp - endS;
      if (gapS > smallestGapS && gapS < longestGapS) yield* silence(sample, gapS);
      const block = blockOf(sample);
      if (block) yield block;
      endS = Math.max(endS, sample.timestamp + sample.duration);
    } finally {
      sample.close();
    }
  }
}

/** What lies before time zero is the decoder's run-up and no sound of the recording. */
function blockOf(sample: AudioSample): Block | undefined {
  const { sampleRate: rateHz, numberOfChannels, numberOfFrames, timestamp } = sample;
  const frameOffset = Math.max(0, Math.round(-timestamp * rateHz));
  const frameCount = numberOfFrames - frameOffset;
  if (frameCount <= 0) return undefined;
  const channels = Array.from({ length: numberOfChannels }, (_, planeIndex) => {
    const plane = new Float32Array(frameCount);
    sample.copyTo(plane, { planeIndex, format: 'f32-planar', frameOffset, frameCount });
    return plane;
  });
  return { rateHz, channels };
}

function* silence({ sampleRate: rateHz, numberOfChannels }: AudioSample, lengthS: number) {
  for (let left = Math.round(lengthS * rateHz); left > 0; left -= rateHz) {
    const frames = Math.min(left, rateHz);
    const channels = Array.from({ length: numberOfChannels }, () => new Float32Array(frames));
    yield { rateHz, channels };
  }
}
