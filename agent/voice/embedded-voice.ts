import type { Settings } from '#protocol/settings.ts';
import { isDeepStrictEqual } from 'node:util';
import type { Brain } from '../brain/brain.ts';
import { EmbeddedTTS } from '../embedded/tts.ts';
import type { EngineClient } from '../engine/client.ts';
import { CommittableSTT } from './committable-stt.ts';
import { endpointingUnder, speedUnder } from './embedded-offer.ts';
import type { PipelineVoice } from './voice.ts';

/** What the embedded voices of one conversation are made of. */
export interface EmbeddedParts {
  readonly client: EngineClient;
  readonly brain: Brain;
  readonly onEngineRestarted: () => void;
}

/** The voice that needs no network: Moonshine listens, Piper speaks, both in the worker's engine process. */
export function createEmbeddedVoice(parts: EmbeddedParts, settings: Settings): PipelineVoice {
  const { client, brain, onEngineRestarted } = parts;
  const endpointing = endpointingUnder(settings);
  let speed = speedUnder(settings);
  const stt = new CommittableSTT({ client, endpointing, onEngineRestarted });
  return {
    kind: 'pipeline',
    provider: 'embedded',
    stt,
    llm: brain.llm,
    tts: new EmbeddedTTS({
      client,
      get speed() {
        return speed;
      },
    }),
    engine: {
      ...brain.engine,
      parts: {
        listening: 'Moonshine tiny (English), on this machine',
        thinking: brain.thinking,
        speaking: 'Piper "Joe" (US English), on this machine',
      },
    },
    languages: ['en'],
    endUtterance: () => stt.endUtterance(),
    quiet: (forMs) => stt.quiet(forMs),
    doubt: (on) => stt.doubt(on),
    applyLive(changed) {
      if (!isDeepStrictEqual(endpointingUnder(changed), endpointing)) return false;
      speed = speedUnder(changed);
      return true;
    },
    close: () => Promise.resolve(),
  };
}
