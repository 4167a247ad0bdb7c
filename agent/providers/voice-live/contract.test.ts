import { initializeLogger, llm } from '@livekit/agents';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { Mind } from '../../../e2e/providers/mind/mind.ts';
import {
  startVoiceLive,
  type VoiceLiveEmulator,
  type VoiceLiveOptions as EmulatorOptions,
} from '../../../e2e/providers/voice-live/voice-live.ts';
import { TestCall } from '../test-call.ts';
import { VoiceLiveRealtimeModel, type VoiceLiveError, type VoiceLiveOptions } from './index.ts';

initializeLogger({ pretty: false, level: process.env['LOG_LEVEL'] ?? 'silent' });

const patienceMs = 60_000;
/** The voice of the person. */
let mind: Mind;
const endings: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  mind = await Mind.start({ name: 'The person' });
}, patienceMs);

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

afterAll(() => mind.stop());

const calculate = llm.tool({
  name: 'calculate',
  description: 'Works out an arithmetic expression.',
  parameters: z.object({ expression: z.string() }),
  execute: ({ expression }) => Promise.resolve(`${expression} is 391`),
});

const story = llm.tool({
  name: 'tell_story',
  description: 'Tells a long story.',
  parameters: z.object({}),
  execute: () =>
    Promise.resolve(
      'Once upon a time there was a lighthouse keeper who counted the ships. ' +
        'Every evening he lit the lamp and wrote their names in a large book. ' +
        'One night a ship came that had no name, and he rowed out to ask for it. ' +
        'The captain laughed and said that nobody had ever asked before. ' +
        'So they sat down together and thought of a name until the morning came.',
    ),
});

interface Begun {
  readonly service: VoiceLiveEmulator;
  readonly call: TestCall;
  readonly model: VoiceLiveRealtimeModel;
  readonly connections: string[];
  readonly problems: VoiceLiveError[];
  /** Types of the events that the client sent, sound left out. */
  readonly sent: () => string[];
}

interface Wishes extends Partial<Omit<VoiceLiveOptions, 'endpoint'>> {
  readonly emulator?: EmulatorOptions;
  /** Before there is a connection. */
  readonly prepare?: (service: VoiceLiveEmulator) => void;
  readonly chatCtx?: llm.ChatContext;
}

/** A conversation with an emulated service. */
async function begin(wishes: Wishes = {}): Promise<Begun> {
  const { emulator, prepare, chatCtx, ...options } = wishes;
  const service = await startVoiceLive(emulator);
  endings.push(() => service.stop());
  if (process.env['SHOW_EVENTS'])
    endings.push(async () => {
      const { writeFileSync } = await import('node:fs');
      writeFileSync(
        process.env['SHOW_EVENTS'] ?? '',
        service.events
          .filter((e) => e.type !== 'input_audio_buffer.append')
          .map(
            (e) =>
              `${Math.round(e.atMs) % 1e6} ${e.connection} ${e.direction === 'received' ? '>>' : '<<'} ${JSON.stringify(e.event).slice(0, 600)}`,
          )
          .join('\n'),
      );
    });
  prepare?.(service);
  const connections: string[] = [];
  const problems: VoiceLiveError[] = [];
  const model = new VoiceLiveRealtimeModel({
    endpoint: service.url,
    credential: { apiKey: service.apiKey },
    model: 'gpt-5-mini',
    voice: { type: 'azure-standard', name: 'en-GB-SoniaNeural' },
    ...options,
    hooks: {
      ...options.hooks,
      onConnection: (state) => connections.push(state),
      onProblem: (problem) => problems.push(problem),
    },
  });
  endings.push(() => model.close());
  const call = await TestCall.start({
    model,
    mind,
    tools: [calculate, story],
    byHand: options.turnDetection === null,
    ...(chatCtx && { chatCtx }),
  });
  endings.push(() => call.end());
  return {
    service,
    call,
    model,
    connections,
    problems,
    sent: () =>
      service.events
        .filter(({ direction }) => direction === 'received')
        .map(({ type }) => type)
        .filter((type) => type !== 'input_audio_buffer.append'),
  };
}

test(
  'answers a spoken question with the help of a tool',
  async () => {
    const { call, service, connections, problems } = await begin();
    await call.say('What is seventeen times twenty three?');
    expect(await call.reply(/391/)).toMatch(/391/);
    expect(call.heard.join(' ')).toMatch(/seventeen times/i);
    expect(connections).toEqual(['connected']);
    expect(problems).toEqual([]);
    expect(call.loudspeaker.playedMs).toBeGreaterThan(500);
    await vi.waitFor(() => expect(JSON.stringify(service.believes())).toMatch(/391/));
    expect(service.requests).toMatchObject([{ credential: 'api-key', status: 101 }]);
  },
  patienceMs,
);
