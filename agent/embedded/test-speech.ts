import { AudioFrame } from '@livekit/rtc-node';
import type { EngineClient } from '../engine/client.ts';
import { listeningRateHz, speakingRateHz } from '../engine/wire/messages.ts';
import { joined } from '../engine/wire/pcm.ts';
import { MonoResampler } from './resampling.ts';

/** A text spoken by the real voice, as mono PCM at the rate at which the engine listens. */
export async function spokenAtListeningRate(
  client: EngineClient,
  text: string,
  speed = 1,
): Promise<Int16Array> {
  const resampler = new MonoResampler(listeningRateHz);
  const parts: Int16Array[] = [];
  for await (const piece of client.synthesize(text, { speed })) {
    const frame = new AudioFrame(piece, speakingRateHz, 1, piece.length);
    parts.push(...resampler.push(frame));
  }
  parts.push(...resampler.flush());
  resampler.close();
  return joined(parts);
}
