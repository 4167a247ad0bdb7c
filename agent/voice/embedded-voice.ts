import type { AudioFrame } from '@livekit/rtc-node';
import type { Brain } from '../brain/brain.ts';
import type { Voice } from '../conversation/conversation.ts';
import { frames } from '../embedded/spoken-frames.ts';
import { EmbeddedSTT } from '../embedded/stt.ts';
import { EmbeddedTTS } from '../embedded/tts.ts';
import type { EngineClient } from '../engine/client.ts';
import { speakingRateHz } from '../engine/wire/messages.ts';
import { chime } from './chime.ts';

/** The voice that needs no network: Moonshine listens, Piper speaks, both in the worker's engine process. */
export function createEmbeddedVoice(
  client: EngineClient,
  brain: Brain,
  onEngineRestarted: () => void,
): Voice {
  const tts = new EmbeddedTTS({ client });
  return {
    stt: new EmbeddedSTT({ client, onEngineRestarted }),
    tts,
    llm: brain.llm,
    thinksAhead: brain.thinksAhead,
    engine: {
      ...brain.engine,
      parts: {
        listening: 'Moonshine tiny (English), on this machine',
        thinking: brain.thinking,
        speaking: 'Piper "Joe" (US English), on this machine',
      },
    },
    languages: ['en'],
    ring: (words) => ({ audio: ReadableStream.from(ringing(client, words)) }),
  };
}

async function* ringing(client: EngineClient, words: string): AsyncGenerator<AudioFrame> {
  yield* frames(chime(speakingRateHz));
  for await (const pcm of client.synthesize(words)) yield* frames(pcm);
}
