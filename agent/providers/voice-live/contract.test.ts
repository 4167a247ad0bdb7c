import { initializeLogger, llm, voice } from '@livekit/agents';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { Mind } from '../../../e2e/providers/mind/mind.ts';
import {
  startVoiceLive,
  type VoiceLiveEmulator,
  type VoiceLiveOptions as EmulatorOptions,
} from '../../../e2e/providers/voice-live/voice-live.ts';
import { TestCall } from '../test-call.ts';
import { askedColour, pictureOf } from '../test-picture.ts';
import {
  VoiceLiveRealtimeModel,
  type Voice,
  type VoiceLiveError,
  type VoiceLiveOptions,
} from './index.ts';

initializeLogger({ pretty: false, level: 'silent' });

const patienceMs = 60_000;
/** Keeps the engine of the emulated service from one test to the next. */
let mind: Mind;
const endings: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  mind = await Mind.start({ name: 'Between the tests' });
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

/** Some of a reply has been heard. */
const speaking = (call: TestCall) =>
  vi.waitUntil(() => call.loudspeaker.positionMs > 1_500, { timeout: 30_000 });
/** The ears may write the same as they like. */
const sum = /(seventeen|17) times/i;
const plain = (text = '') =>
  text
    .toLowerCase()
    .replace(/[^a-z ]/g, ' ')
    .replace(/ +/g, ' ')
    .trim();

describe('in conversation', { timeout: patienceMs }, () => {
  test('answers a spoken question with the help of a tool', async () => {
    const { call, service, connections, problems } = await begin();
    const usage: number[] = [];
    call.session.on(voice.AgentSessionEventTypes.MetricsCollected, ({ metrics }) => {
      if (metrics.type === 'realtime_model_metrics') usage.push(metrics.totalTokens);
    });
    await call.say('What is seventeen times twenty three?');
    await call.reply(/391/);
    expect(call.heard.join(' ')).toMatch(sum);
    expect(connections).toEqual(['connected']);
    expect(problems).toEqual([]);
    expect(call.loudspeaker.playedMs).toBeGreaterThan(500);
    await vi.waitFor(() => expect(JSON.stringify(service.believes())).toMatch(/391/));
    expect(service.requests).toMatchObject([{ credential: 'api-key', status: 101 }]);
    expect(usage.filter((tokens) => tokens > 0)).toHaveLength(2);
  });

  test.each(['pcm16_16000hz', 'pcm16_8000hz', 'g711_ulaw', 'g711_alaw'] as const)(
    'hears and speaks in %s',
    async (format) => {
      const { call, problems } = await begin({ inputFormat: format, outputFormat: format });
      await call.say('What is seventeen times twenty three?');
      await call.reply(/391/);
      expect(problems).toEqual([]);
      expect(call.loudspeaker.playedMs).toBeGreaterThan(500);
      expect(call.loudspeaker.playedMs).toBeLessThan(8_000);
    },
  );

  test('sees what it is shown, one picture at a time, also after a new connection', async () => {
    const { call, model, service, connections } = await begin({ model: 'gpt-realtime' });
    await vi.waitFor(() => expect(connections).toEqual(['connected']), 10_000);
    const counted: number[] = [];
    call.session.on(voice.AgentSessionEventTypes.MetricsCollected, ({ metrics }) => {
      if (metrics.type !== 'realtime_model_metrics') return;
      counted.push(metrics.inputTokenDetails.imageTokens);
    });
    for (const colour of ['red', 'blue']) {
      model.eyes.see(await pictureOf(colour));
      call.session.generateReply({ userInput: askedColour });
      await call.reply(new RegExp(`something ${colour}`));
    }
    service.fault({ type: 'drop' });
    await vi.waitFor(() => expect(connections).toHaveLength(3), 10_000);
    model.eyes.see(await pictureOf('green'));
    call.session.generateReply({ userInput: askedColour });
    await call.reply(/something green/);
    expect(counted).toEqual([600, 600, 600]);
    model.eyes.forget();
    call.session.generateReply({ userInput: 'Which colour is it now?' });
    await call.reply(/i see nothing/i);
  });

  test.each([true, false])(
    'leaves the service with what was heard of a reply that was cut (word times: %s)',
    async (wordTimes) => {
      const { call, service } = await begin({ wordTimes });
      service.fault({ type: 'late-audio', deltas: 20 });
      await call.say('Tell me a story.');
      await speaking(call);
      await call.say('Wait a moment please, what is seventeen times twenty three?');
      await call.reply(/391/);
      const believed = service
        .believes()
        .flatMap((belief) =>
          belief.type === 'message' && belief.role === 'assistant' ? [belief.text] : [],
        )[0];
      expect(plain(believed)).toMatch(/^once upon a time/);
      expect(plain(believed).length).toBeLessThan(120);
      const truncated = service.events.find(({ type }) => type === 'conversation.item.truncate');
      const [cutMs = NaN] = call.loudspeaker.cutsMs;
      expect(Math.abs(Number(truncated?.event['audio_end_ms']) - cutMs)).toBeLessThan(2);
      expect(call.loudspeaker.playedMs).toBeLessThan(cutMs + 5_000);
    },
  );

  test('lets the person hold the turn: committed, and cancelled', async () => {
    const { call, sent } = await begin({ turnDetection: null });
    call.session.input.setAudioEnabled(true);
    await call.say('Tell me a story.');
    call.session.input.setAudioEnabled(false);
    call.session.clearUserTurn();
    call.session.input.setAudioEnabled(true);
    await call.say('What is seventeen times twenty three?');
    call.session.input.setAudioEnabled(false);
    call.session.commitUserTurn();
    await call.reply(/391/);
    expect(call.heard.join(' ')).not.toMatch(/story/i);
    expect(sent()).toEqual(
      expect.arrayContaining([
        'input_audio_buffer.clear',
        'input_audio_buffer.commit',
        'response.create',
      ]),
    );
  });

  test('only writes down', async () => {
    const { call, model, service } = await begin({ answer: 'none' });
    await call.say('What is seventeen times twenty three?');
    await vi.waitFor(() => expect(call.heard.join(' ')).toMatch(sum), {
      timeout: 20_000,
    });
    expect(service.events.map(({ type }) => type)).not.toContain('response.created');
    const session = model.session();
    await expect(session.generateReply()).rejects.toThrow(/only writes down/);
  });

  test('answers typed text from a service that gives no metadata back', async () => {
    const { call } = await begin({ emulator: { echoesMetadata: false } });
    call.session.generateReply({ userInput: 'What is 17 times 23?' });
    await call.reply(/391/);
    await call.say('What was my first question?');
    await call.reply(sum);
  });

  test('tells a new service what was said with another', async () => {
    const chatCtx = llm.ChatContext.empty();
    const longId = 'a-name-of-an-item-that-is-much-longer-than-the-service-takes';
    chatCtx.addMessage({ role: 'user', content: 'How far away is the moon?', id: longId });
    chatCtx.addMessage({ role: 'assistant', content: 'Quite far.' });
    const { call, problems } = await begin({ chatCtx });
    await call.say('What was my first question?');
    await call.reply(/moon/);
    expect(problems).toEqual([]);
  });

  test('changes in mid-conversation what can be changed', async () => {
    const { call, model, service, sent } = await begin();
    await call.say('What is seventeen times twenty three?');
    await call.reply(/391/);
    const options = {
      endpoint: service.url,
      credential: { apiKey: service.apiKey },
      model: 'gpt-5-mini',
    };
    const soft: Voice = { type: 'azure-standard', name: 'en-GB-SoniaNeural' };
    const before = sent().length;
    expect(model.update({ ...options, voice: { ...soft, rate: '1.4' } })).toBe(false);
    expect(model.update({ ...options, voice: soft, turnDetection: null })).toBe(false);
    expect(
      model.update({
        ...options,
        voice: soft,
        turnDetection: { type: 'server_vad', silenceDurationMs: 900 },
      }),
    ).toBe(true);
    await vi.waitFor(() => expect(sent().slice(before)).toEqual(['session.update']));
    await call.say('What is seventeen times twenty three?');
    await vi.waitFor(
      () => expect(call.replies.filter(({ text }) => text.includes('391'))).toHaveLength(2),
      {
        timeout: 20_000,
      },
    );
  });
});

describe('when something goes wrong', { timeout: patienceMs }, () => {
  test('goes on with all that was said after the line was cut', async () => {
    const { call, service, connections, problems } = await begin();
    await call.say('What is seventeen times twenty three?');
    await call.reply(/391/);
    service.fault({ type: 'drop' });
    await vi.waitUntil(() => connections.length >= 3, { timeout: 10_000 });
    expect(connections).toEqual(['connected', 'reconnecting', 'connected']);
    await call.say('What was my first question?');
    await call.reply(sum);
    expect(problems.map(({ kind }) => kind)).toEqual(['unreachable']);
    expect(call.closed).toEqual([]);
  });

  test('answers a question that was being said when the line was cut', async () => {
    const { call, service, connections } = await begin();
    const said = call.say('What is seventeen times twenty three?');
    await vi.waitUntil(
      () => service.events.some(({ type }) => type === 'input_audio_buffer.speech_started'),
      { timeout: 10_000 },
    );
    service.fault({ type: 'drop' });
    await said;
    await call.reply(/391/);
    expect(call.heard.join(' ')).toMatch(sum);
    expect(connections).toContain('reconnecting');
  });

  test('ends a reply that was cut off with the line, and goes on', async () => {
    const { call, service } = await begin();
    service.fault({ type: 'drop', afterAudioDeltas: 4 });
    await call.say('What is seventeen times twenty three?');
    await vi.waitFor(() => expect(service.requests).toHaveLength(2), { timeout: 20_000 });
    await call.say('What was my first question?');
    await call.reply(sum);
  });

  test('changes sessions unheard before the service ends them', async () => {
    const { call, service, connections, problems } = await begin({
      timing: { renewAfterMs: 3_000 },
    });
    await call.say('What is seventeen times twenty three?');
    await call.reply(/391/);
    await vi.waitUntil(() => connections.includes('renewed'), { timeout: 15_000 });
    await call.say('What was my first question?');
    await call.reply(sum);
    expect(connections).not.toContain('reconnecting');
    expect(service.requests.length).toBeGreaterThan(1);
    expect(problems).toEqual([]);
  });

  test('gives up at once where the credentials are refused', async () => {
    const { call, problems } = await begin({ credential: { apiKey: 'a-wrong-key' } });
    await vi.waitFor(() => expect(call.closed).toEqual(['error']), { timeout: 10_000 });
    expect(problems.map(({ kind }) => kind)).toEqual(['refused']);
    expect(JSON.stringify(problems.map(({ message }) => message))).not.toContain('a-wrong-key');
  });

  test.each([
    { type: 'refuse', status: 429 },
    { type: 'refuse', status: 503 },
    { type: 'refuse', status: 404 },
    { type: 'time-out' },
    { type: 'slow-start', delayMs: 2_500 },
  ] as const)('loses no word to a start with $type $status', async (fault) => {
    const { call } = await begin({
      prepare: (service) => service.fault(fault),
      timing: { connectTimeoutMs: 3_000 },
    });
    await call.say('What is seventeen times twenty three?');
    await call.reply(/391/);
    expect(call.closed).toEqual([]);
  });

  test('passes over what is no event', async () => {
    const { call, service, problems } = await begin();
    await vi.waitUntil(() => service.events.length > 2);
    service.fault({ type: 'malformed' });
    service.fault({ type: 'malformed', text: '{"type":"response.created"}' });
    await call.say('What is seventeen times twenty three?');
    await call.reply(/391/);
    expect(problems.map(({ kind }) => kind)).toEqual(['service', 'service']);
  });

  test.each([
    ['throttled', 'limited'],
    ['silence', 'service'],
  ] as const)('says so and goes on after a reply that is %s', async (type, kind) => {
    const { call, service, problems } = await begin({ timing: { stallTimeoutMs: 2_000 } });
    service.fault({ type });
    await call.say('What is seventeen times twenty three?');
    await vi.waitFor(() => expect(problems.map((problem) => problem.kind)).toEqual([kind]), {
      timeout: 20_000,
    });
    await call.say('What is seventeen times twenty three?');
    await call.reply(/391/);
  });

  test('answers what could not be written down', async () => {
    const { call, service, problems } = await begin();
    service.fault({ type: 'transcription-failed' });
    await call.say('What is seventeen times twenty three?');
    await call.reply(/391/);
    expect(problems).toHaveLength(1);
    expect(call.heard).toEqual([]);
  });
});
