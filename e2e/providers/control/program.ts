import Fastify from 'fastify';
import { startBedrock } from '../bedrock/bedrock.ts';
import { startGemini } from '../gemini/gemini.ts';
import { startOpenai } from '../openai/openai.ts';
import { startVoiceLive } from '../voice-live/voice-live.ts';
import { keys, ports, type EmulatedProvider } from './ports.ts';
import { voiceIn } from './voice-in.ts';

/** What all emulators have in common: they can be asked and they can be broken. */
interface Emulated {
  believes(): unknown;
  fault(plan: unknown): void;
  stop(): Promise<void>;
}

const [bedrock, voiceLive, openai, gemini] = await Promise.all([
  startBedrock({ port: ports['nova-sonic'] }),
  startVoiceLive({ port: ports['voice-live'], apiKey: keys.voiceLive }),
  startOpenai({ port: ports.openai, apiKey: keys.openai }),
  startGemini({ port: ports.gemini, apiKey: keys.gemini }),
]);

/** The control door passes plans on as they come: a test writes them with the emulator's own type. */
const emulators: Readonly<Record<EmulatedProvider, Emulated>> = {
  'nova-sonic': bedrock,
  'voice-live': voiceLive,
  openai: openai,
  gemini: gemini,
};

/** Of the sessions that each service has had: how many, and the voice that was asked for last. */
const newest: Readonly<Record<EmulatedProvider, () => { count: number; voice?: string }>> = {
  'nova-sonic': () => ({
    count: bedrock.log.of('opened').length,
    ...voiceIn(bedrock.log.of('event').map(({ body }) => body)),
  }),
  'voice-live': () => ({
    count: voiceLive.requests.length,
    ...voiceIn(voiceLive.events.map(({ event }) => event)),
  }),
  openai: () => ({
    count: openai.requests.length,
    ...voiceIn(openai.events.map(({ event }) => event)),
  }),
  gemini: () => ({ count: gemini.setups.length, ...voiceIn(gemini.setups) }),
};

const app = Fastify();
app.get('/', () => 'ready');
app.get<{ Params: { provider: EmulatedProvider } }>('/:provider', ({ params }) =>
  emulators[params.provider].believes(),
);
app.get<{ Params: { provider: EmulatedProvider } }>('/:provider/session', ({ params }) =>
  newest[params.provider](),
);
app.post<{ Params: { provider: EmulatedProvider } }>('/:provider/fault', ({ params, body }) => {
  emulators[params.provider].fault(body);
  return 'planned';
});
await app.listen({ port: ports.control, host: '127.0.0.1' });

process.once('SIGINT', () => void stop());
process.once('SIGTERM', () => void stop());

async function stop(): Promise<void> {
  await app.close();
  await Promise.all(Object.values(emulators).map((emulator) => emulator.stop()));
  process.exit();
}
