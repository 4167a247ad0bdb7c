import Fastify from 'fastify';
import { startBedrock } from '../bedrock/bedrock.ts';
import { startGemini } from '../gemini/gemini.ts';
import { startOpenai } from '../openai/openai.ts';
import { startVoiceLive } from '../voice-live/voice-live.ts';
import { keys, ports, type EmulatedProvider } from './ports.ts';

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

const app = Fastify();
app.get('/', () => 'ready');
app.get<{ Params: { provider: EmulatedProvider } }>('/:provider', ({ params }) =>
  emulators[params.provider].believes(),
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
