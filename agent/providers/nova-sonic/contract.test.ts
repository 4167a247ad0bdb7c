import { initializeLogger, llm, voice } from '@livekit/agents';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { startBedrock, type BedrockEmulator } from '../../../e2e/providers/bedrock/bedrock.ts';
import { story } from '../../skills/story.ts';
import { TestCall } from '../test-call.ts';
import {
  NovaSonicError,
  NovaSonicRealtimeModel,
  type ConnectionState,
  type NovaSonicLimits,
  type NovaSonicOptions,
} from './index.ts';

initializeLogger({ pretty: false, level: 'error' });

const patienceMs = 60_000;
let bedrock: BedrockEmulator;
let call: TestCall | undefined;

beforeAll(async () => {
  bedrock = await startBedrock();
}, patienceMs);

afterEach(async () => {
  await call?.end();
  call = undefined;
  bedrock.clearFaults();
});

afterAll(async () => {
  await bedrock.stop();
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
    ...(tools && { tools }),
    ...(chatCtx && { chatCtx }),
    ...(instructions && { instructions }),
  });
  return { call, model, told, since };
}

/** What this client did against the protocol since a place in the log; planned failures have other names. */
function refusals(since: number): string[] {
  return bedrock.log.entries
    .slice(since)
    .flatMap((entry) => (entry.kind === 'refused' ? [entry.reason] : []))
    .filter((reason) => /validation/i.test(reason));
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

/** What the service last believed, as one line a turn. */
function believed(): string[] {
  return bedrock
    .believes()
    .flatMap((turn) =>
      turn.role === 'user' || turn.role === 'assistant'
        ? [`${turn.role}: ${words(turn.text)}`]
        : [],
    );
}

function words(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Fields of the events of that name which clients sent since a place in the log. */
function sent(since: number, name: string): Record<string, unknown>[] {
  return bedrock.log.entries
    .slice(since)
    .flatMap((entry) =>
      entry.kind === 'event' && entry.name === name ? [entry.body as Record<string, unknown>] : [],
    );
}

async function playing(call: TestCall): Promise<void> {
  await vi.waitUntil(() => call.loudspeaker.playing, { timeout: 30_000, interval: 20 });
}

const typed = async (call: TestCall, text: string) =>
  call.session.generateReply({ userInput: text }).waitForPlayout();

test(
  'speech cuts a reply, late sound is dropped, and the service ends up believing what was heard',
  { timeout: patienceMs },
  async () => {
    const { call, since } = await start({ tools: [storyteller, arithmetic()] });
    bedrock.fault({ kind: 'late-audio', lengthMs: 3000 });
    await call.say('Tell me a story.');
    await playing(call);
    await call.say('Stop. What is seventeen times twenty-three?');
    await call.reply(/391/, 40_000);
    const cut = call.replies.find(({ interrupted }) => interrupted);
    expect(cut?.text).toMatch(/once upon a time/i);
    await vi.waitFor(() => expect(believed()).toContain(`assistant: ${words(cut?.text ?? '')}`), {
      timeout: 20_000,
    });
    expect(refusals(since)).toEqual([]);
  },
);

test(
  'a local interruption ends the reply at once, and a new connection knows what was heard',
  { timeout: patienceMs },
  async () => {
    const { call, told, since } = await start({ tools: [storyteller] });
    await call.say('Tell me a story.');
    await playing(call);
    await call.session.interrupt().await;
    expect(call.loudspeaker.playing).toBe(false);
    await vi.waitUntil(() => told.states.includes('renewed'), { timeout: 20_000 });
    const [cut] = call.replies;
    expect(cut?.interrupted).toBe(true);
    expect(believed()).toEqual([
      expect.stringMatching(/^user: tell me a story/),
      `assistant: ${words(cut?.text ?? '')}`,
    ]);
    await call.say('What is my first question?');
    await call.reply(/tell me a story/i);
    expect(refusals(since)).toEqual([]);
  },
);

test(
  'a typed message is answered aloud, and stands in the memory once',
  { timeout: patienceMs },
  async () => {
    const { call, since } = await start({ tools: [arithmetic()] });
    await typed(call, 'What is seventeen times twenty-three?');
    await call.reply(/391/);
    expect(call.heard).toEqual([]);
    const users = call.session.history.items.filter(
      (item) => item.type === 'message' && item.role === 'user',
    );
    expect(users).toHaveLength(1);
    expect(refusals(since)).toEqual([]);
  },
);

test(
  'a connection is renewed unheard, with the memory, and again before keys expire',
  { timeout: patienceMs },
  async () => {
    let expiresInMs = 4000;
    const { call, told, since } = await start({
      limits: { renewAfterMs: 600_000, credentialLeadMs: 1000, quietMs: 300 },
      credentials: () =>
        Promise.resolve({
          accessKeyId: 'AKIDTEST',
          secretAccessKey: 'secret',
          expiration: new Date(Date.now() + expiresInMs),
        }),
    });
    await typed(call, 'What is seventeen times twenty-three?');
    expiresInMs = 3_600_000;
    await vi.waitUntil(() => told.states.includes('renewed'), { timeout: 20_000 });
    await call.say('What was my first question?');
    await call.reply(/seventeen times/i);
    expect(told.problems).toEqual([]);
    expect(refusals(since)).toEqual([]);
  },
);

const longStory = llm.tool({
  name: 'tell_story',
  description: 'Tells a story of two minutes.',
  parameters: z.object({}),
  execute: () => Promise.resolve(story.text),
});

test.each([
  ['has to be renewed', { forceAfterMs: 5000 }, undefined],
  ['has to be renewed and no piece of the story ends', { cutAfterMs: 3000 }, undefined],
  ['is lost', {}, { kind: 'drop', at: 'reply' } as const],
])(
  'a story goes on as one reply when its connection %s',
  { timeout: patienceMs },
  async (_, limits, fault) => {
    if (fault) bedrock.fault(fault);
    const { call, told, since } = await start({ tools: [longStory], limits });
    const connections = () =>
      bedrock.log.entries.slice(since).filter(({ kind }) => kind === 'opened').length;
    await typed(call, 'Tell me a long story.');
    await vi.waitUntil(() => connections() === 2, { timeout: 20_000 });
    const renewedAtMs = call.loudspeaker.positionMs;
    await vi.waitUntil(() => call.loudspeaker.positionMs > renewedAtMs + 8000, { timeout: 20_000 });
    await call.session.interrupt().await;
    const words = await call.reply(/^Here is the story of the clock of Harrow Sound/);
    expect(call.replies).toHaveLength(1);
    expect(story.text.replace(/\s+/g, ' ')).toContain(words.replace(/\s+/g, ' '));
    expect(told.problems).toEqual([]);
    expect(refusals(since)).toEqual([]);
  },
);

test(
  'speech during a renewal reaches the new connection whole',
  { timeout: patienceMs },
  async () => {
    const { call, told, since } = await start({
      tools: [arithmetic()],
      limits: { renewAfterMs: 600_000, forceAfterMs: 3000, slowDelayMs: 60_000 },
    });
    await vi.waitUntil(() => told.states.includes('connected'), { timeout: 20_000 });
    bedrock.fault({ kind: 'slow-start', delayMs: 1000 });
    const saying = call.say('Please tell me now, what is seventeen times twenty-three?');
    await vi.waitUntil(() => told.states.includes('renewed'), { timeout: 20_000 });
    await saying;
    await call.reply(/391/);
    expect(refusals(since)).toEqual([]);
  },
);

test(
  'a renewal that is refused leaves the conversation where it was',
  { timeout: patienceMs },
  async () => {
    const { call, told, since } = await start({
      tools: [arithmetic()],
      limits: { renewAfterMs: 1000, quietMs: 200, slowDelayMs: 60_000 },
    });
    await vi.waitUntil(() => told.states.includes('connected'), { timeout: 20_000 });
    bedrock.fault({ kind: 'http', status: 429 });
    await vi.waitUntil(
      () => bedrock.log.entries.slice(since).filter(({ kind }) => kind === 'refused').length === 1,
      { timeout: 20_000 },
    );
    await call.say('What is seventeen times twenty-three?');
    await call.reply(/391/);
    expect(told).toEqual({ states: ['connected'], problems: [] });
    expect(refusals(since)).toEqual([]);
  },
);

test.each([
  ['a dropped socket when the turn was heard', { kind: 'drop', at: 'turn' } as const],
  [
    'a reset stream in the middle of the words',
    { kind: 'reset', code: 'NO_ERROR', at: 'audio' } as const,
  ],
  ['an end without an error', { kind: 'end', at: 'turn' } as const],
  [
    'the model timing out',
    { kind: 'exception', exception: 'modelTimeoutException', at: 'turn' } as const,
  ],
  [
    'a stream error of the model while a tool runs',
    { kind: 'exception', exception: 'modelStreamErrorException', at: 'tool' } as const,
  ],
  ['a request that is throttled', { kind: 'http', status: 429 } as const],
  ['a slow start', { kind: 'slow-start', delayMs: 4000 } as const],
  ['malformed JSON', { kind: 'malformed', what: 'json', at: 'turn' } as const],
  ['an unknown event', { kind: 'malformed', what: 'event', at: 'reply' } as const],
  ['a broken frame', { kind: 'malformed', what: 'frame', at: 'turn' } as const],
  ['arguments that are encoded twice', { kind: 'double-encoded' } as const],
])('a question is answered in spite of %s', { timeout: patienceMs }, async (_, fault) => {
  bedrock.fault(fault);
  let runs = 0;
  const { call, since } = await start({ tools: [arithmetic(() => (runs += 1))] });
  await call.say('What is seventeen times twenty-three?');
  await call.reply(/391/, 40_000);
  expect(runs).toBe(1);
  expect(call.closed).toEqual([]);
  expect(refusals(since)).toEqual([]);
});

test(
  'a session that ends early is taken up again with the memory',
  { timeout: patienceMs },
  async () => {
    bedrock.fault({ kind: 'short-session', limitMs: 6000 });
    const { call, told, since } = await start();
    await typed(call, 'What is seventeen times twenty-three?');
    await vi.waitUntil(() => told.states.filter((state) => state === 'connected').length === 2, {
      timeout: 20_000,
    });
    await call.say('What was my first question?');
    await call.reply(/seventeen times/i);
    expect(told.problems).toEqual([]);
    expect(refusals(since)).toEqual([]);
  },
);

test(
  'refused credentials end the session with one error that says so, and no key in it',
  { timeout: patienceMs },
  async () => {
    bedrock.fault({ kind: 'http', status: 403 });
    const { call, told } = await start();
    await vi.waitUntil(() => call.closed.length > 0, { timeout: 20_000 });
    expect(told.problems).toEqual(['refused']);
    const [problem] = call.errors;
    expect(problem).toMatchObject({ type: 'realtime_model_error', recoverable: false });
    expect(problem).toHaveProperty('error', expect.any(NovaSonicError));
    expect(JSON.stringify(call.errors)).not.toContain('secret');
  },
);

test(
  'a service that stays silent is reported, and the next message is answered',
  { timeout: patienceMs },
  async () => {
    const { call, told } = await start({
      tools: [arithmetic()],
      limits: { replyMs: 3000, quietMs: 200 },
    });
    bedrock.fault({ kind: 'silence' });
    await typed(call, 'Hello?');
    expect(told.problems).toEqual(['failed']);
    expect(call.closed).toEqual([]);
    await typed(call, 'What is seventeen times twenty-three?');
    await call.reply(/391/);
  },
);

test('a long memory is packed as the service takes it', { timeout: patienceMs }, async () => {
  const chatCtx = llm.ChatContext.empty();
  chatCtx.addMessage({ role: 'assistant', content: 'Welcome.' });
  for (let index = 0; index < 60; index += 1) {
    const role = index % 2 ? 'assistant' : 'user';
    chatCtx.addMessage({ role, content: `Message ${index}: ${'đi đường dài '.repeat(90)}` });
  }
  chatCtx.addMessage({ role: 'user', content: 'My name is Lan.' });
  chatCtx.addMessage({ role: 'assistant', content: 'Hello Lan.' });
  const { call, since } = await start({ chatCtx, instructions: 'Be kind. '.repeat(400) });
  await call.say('What did I just say?');
  await call.reply(/lan/i);
  expect(refusals(since)).toEqual([]);
});

test(
  'changed settings are taken up by another connection at once',
  { timeout: patienceMs },
  async () => {
    const { call, model, told, since } = await start({ limits: { quietMs: 200 } });
    await typed(call, 'My name is Lan.');
    model.updateSettings({
      ...model.settings,
      voice: 'amy',
      language: 'Spanish',
      endpointingSensitivity: 'LOW',
    });
    await vi.waitUntil(() => told.states.includes('renewed'), { timeout: 20_000 });
    expect(sent(since, 'promptStart').at(-1)).toMatchObject({
      audioOutputConfiguration: { voiceId: 'amy' },
    });
    expect(sent(since, 'sessionStart').at(-1)).toMatchObject({
      turnDetectionConfiguration: { endpointingSensitivity: 'LOW' },
    });
    expect(JSON.stringify(sent(since, 'textInput'))).toContain('Always answer in Spanish.');
    expect(believed()[0]).toBe('user: my name is lan');
    expect(refusals(since)).toEqual([]);
  },
);

test(
  'a closed microphone is filled with silence, and usage is told',
  { timeout: patienceMs },
  async () => {
    const impatient = await startBedrock({ idleLimitMs: 1500 });
    try {
      const { call, told } = await start({ endpoint: impatient.url });
      let tokens = 0;
      call.session.on(voice.AgentSessionEventTypes.MetricsCollected, ({ metrics }) => {
        if (metrics.type === 'realtime_model_metrics') tokens += metrics.totalTokens;
      });
      call.session.input.setAudioEnabled(false);
      await typed(call, 'My name is Lan.');
      await expect(
        impatient.log.until('refused', () => true, 4000),
        'nothing to be refused',
      ).rejects.toThrow();
      await vi.waitUntil(() => tokens > 0, { timeout: 10_000 });
      expect(told).toEqual({ states: ['connected'], problems: [] });
    } finally {
      await impatient.stop();
    }
  },
);

test(
  'a tool whose result nobody hears any more is answered all the same',
  { timeout: patienceMs },
  async () => {
    let called: () => void = () => undefined;
    const running = new Promise<void>((resolve) => (called = resolve));
    const slow = llm.tool({
      name: 'calculate',
      description: 'Works out an arithmetic expression.',
      parameters: z.object({ expression: z.string() }),
      execute: async (_, { abortSignal }) => {
        called();
        await new Promise((resolve) => abortSignal.addEventListener('abort', resolve));
        return 'too late';
      },
    });
    const { call, since } = await start({ tools: [slow], limits: { toolGraceMs: 300 } });
    await call.say('What is seventeen times twenty-three?');
    await running;
    await call.session.interrupt().await;
    await vi.waitFor(() => expect(sent(since, 'toolResult')).toHaveLength(1), { timeout: 10_000 });
    expect(refusals(since)).toEqual([]);
  },
);
