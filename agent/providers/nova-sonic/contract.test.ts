import { initializeLogger, llm } from '@livekit/agents';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { startBedrock, type BedrockEmulator } from '../../../e2e/providers/bedrock/bedrock.ts';
import { Mind } from '../../../e2e/providers/mind/mind.ts';
import { TestCall } from '../test-call.ts';
import {
  NovaSonicRealtimeModel,
  type ConnectionState,
  type NovaSonicLimits,
  type NovaSonicOptions,
} from './index.ts';

initializeLogger({ pretty: false, level: 'error' });

const patienceMs = 60_000;
let bedrock: BedrockEmulator;
/** The voice of the person. */
let mind: Mind;
let call: TestCall | undefined;

beforeAll(async () => {
  [bedrock, mind] = await Promise.all([startBedrock(), Mind.start({ name: 'The person' })]);
}, patienceMs);

afterEach(async () => {
  await call?.end();
  call = undefined;
  bedrock.clearFaults();
});

afterAll(async () => {
  await bedrock.stop();
  await mind.stop();
});

const arithmetic = (run: () => void = () => undefined) =>
  llm.tool({
    name: 'calculate',
    description: 'Works out an arithmetic expression.',
    parameters: z.object({ expression: z.string() }),
    execute: ({ expression }) => {
      run();
      return Promise.resolve(`${expression} is 391`);
    },
  });

const storyteller = llm.tool({
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

interface Told {
  readonly states: ConnectionState[];
  readonly problems: string[];
}

async function start(
  options: Partial<NovaSonicOptions> & {
    readonly limits?: Partial<NovaSonicLimits>;
    readonly tools?: llm.ToolContextLike;
    readonly chatCtx?: llm.ChatContext;
    readonly instructions?: string;
  } = {},
): Promise<{ call: TestCall; model: NovaSonicRealtimeModel; told: Told; since: number }> {
  const { tools, chatCtx, instructions, ...rest } = options;
  const since = bedrock.log.entries.length;
  const told: Told = { states: [], problems: [] };
  const model = new NovaSonicRealtimeModel({
    endpoint: bedrock.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
    endpointingSensitivity: 'HIGH',
    onConnection: (state) => told.states.push(state),
    onProblem: ({ kind }) => told.problems.push(kind),
    ...rest,
  });
  call = await TestCall.start({
    model,
    mind,
    ...(tools && { tools }),
    ...(chatCtx && { chatCtx }),
    ...(instructions && { instructions }),
  });
  return { call, model, told, since };
}

/** Exceptions of the emulator since a place in its log: what this client did against the protocol. */
function refusals(since: number): unknown[] {
  return bedrock.log.entries.slice(since).filter(({ kind }) => kind === 'refused');
}

test(
  'a spoken question is answered with a tool, in sound and in words',
  { timeout: patienceMs },
  async () => {
    let runs = 0;
    const { call, told, since } = await start({ tools: [arithmetic(() => (runs += 1))] });
    await call.say('What is seventeen times twenty-three?');
    await call.reply(/391/);
    expect(call.heard.join(' ')).toMatch(/seventeen|17/i);
    expect(runs).toBe(1);
    await vi.waitUntil(() => call.loudspeaker.playedMs > 500, { timeout: 20_000 });
    expect(told).toEqual({ states: ['connected'], problems: [] });
    expect(refusals(since)).toEqual([]);
  },
);
