import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis';
import { frameRateHz } from '../../vad/silero/frame.ts';
import { resampled } from './resampled.ts';

/**
 * What the package @livekit/agents plays in the background (Apache-2.0; the typing is by Anton, freesound.org/s/137, CC BY
 * 4.0). Nobody is understood in it. 16 kHz, mono, [-1, 1].
 */
export interface RecordedNoise {
  readonly typing: Float32Array;
  readonly music: Float32Array;
  readonly office: Float32Array;
}

export async function recordedNoise(): Promise<RecordedNoise> {
  const typing = await Promise.all(['keyboard-typing', 'keyboard-typing2'].map(decoded));
  return {
    typing: Float32Array.from(typing.flatMap((part) => [...part])),
    music: await decoded('hold_music'),
    office: await decoded('office-ambience'),
  };
}

async function decoded(name: string): Promise<Float32Array> {
  const main = createRequire(import.meta.url).resolve('@livekit/agents');
  const bytes = await readFile(join(dirname(main), '..', 'resources', `${name}.ogg`));
  const decoder = new OggVorbisDecoder();
  await decoder.ready;
  const { channelData, sampleRate } = await decoder.decodeFile(bytes);
  decoder.free();
  const [first] = channelData;
  if (!first) throw new Error(`${name}.ogg has no sound.`);
  const mono = first.map(
    (_, i) => channelData.reduce((sum, channel) => sum + (channel[i] ?? 0), 0) / channelData.length,
  );
  return atDetectorRate(mono, sampleRate);
}

/** The same sound at the detector's 16 kHz. */
export function atDetectorRate(samples: Float32Array, rateHz: number): Float32Array {
  return rateHz === frameRateHz ? samples : resampled(samples, rateHz, frameRateHz);
}
