import type { llm } from '@livekit/agents';
import { realtime } from '@livekit/agents-plugin-openai';
import type { Settings } from '#protocol/settings.ts';
import { gemini } from '../../agent/providers/catalogue/gemini.ts';
import { novaSonic } from '../../agent/providers/catalogue/nova-sonic.ts';
import { openai } from '../../agent/providers/catalogue/openai.ts';
import { voiceLive } from '../../agent/providers/catalogue/voice-live.ts';
import type {
  CloudProvider,
  Environment,
  ProviderObserver,
} from '../../agent/providers/provider.ts';

/** The published plugin as it comes, which the others are measured against. */
export const yardstick = 'published OpenAI plugin';

type MakeModel = (env: Environment) => llm.RealtimeModel;

const silenceMs = 500;
const byPause = { kind: 'server_vad', values: { silence_duration_ms: silenceMs } };

/** All plugins that are measured, each set to answer after the shortest pause that it can do with. */
export const subjects: Readonly<Record<string, MakeModel>> = {
  [yardstick]: ({ OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseURL }) =>
    new realtime.RealtimeModel({
      ...(apiKey !== undefined && { apiKey }),
      ...(baseURL !== undefined && { baseURL }),
      turnDetection: { type: 'server_vad', silence_duration_ms: silenceMs },
    }),
  'OpenAI, guarded': connected(openai, { turnDetection: byPause }),
  'Voice Live': connected(voiceLive, { turnDetection: byPause }),
  'Nova Sonic': connected(novaSonic, {
    turnDetection: { kind: 'pause', values: { sensitivity: 'HIGH' } },
  }),
  'Gemini, guarded': connected(gemini, {}),
};

function connected(provider: CloudProvider, settings: Settings): MakeModel {
  return (env) => provider.connect(env, settings, observer).model;
}

const nothing = (): void => undefined;
const observer: ProviderObserver = {
  connection: nothing,
  // A conversation with a problem in it measures something else.
  problem: (code, detail) => console.error(`${code}: ${detail}`),
  viseme: nothing,
  approve: () => Promise.resolve(false),
  toolStarted: nothing,
  toolFinished: nothing,
};
