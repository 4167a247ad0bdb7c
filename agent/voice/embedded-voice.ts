import { AudioFrame } from '@livekit/rtc-node';
import type { Brain } from '../brain/brain.ts';
import type { Voice } from '../conversation/conversation.ts';
import { EmbeddedSTT } from '../embedded/stt.ts';
import { EmbeddedTTS } from '../embedded/tts.ts';
import type { EngineClient } from '../engine/client.ts';
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
    ring: (words) => ({ audio: ReadableStream.from(ringing(client, words, tts.sampleRate)) }),
  };
}

async function* ringing(
  client: EngineClient,
  words: string,
  sampleRateHz: number,
): AsyncGenerator<AudioFrame> {
  yield frameOf(chime(sampleRateHz), sampleRateHz);
  for await (const pcm of client.synthesize(words)) yield frameOf(pcm, sampleRateHz);
}

function frameOf(pcm: Int16Array, sampleRateHz: number): AudioFrame {
  return new AudioFrame(pcm, sampleRateHz, 1, pcm.length);
}
