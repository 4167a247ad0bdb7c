import { initializeLogger, llm, voice } from '@livekit/agents';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { startGemini, type GeminiEmulator } from '../../../e2e/providers/gemini/gemini.ts';
import { engineTestTimeoutMs } from '../../engine/test-engine.ts';
import { TestCall, Told, type TestCallOptions } from '../test-call.ts';
import { askedColour, pictureOf } from '../test-picture.ts';
import { GeminiModel, type GeminiOptions } from './model.ts';

const question = 'What is your name?';
const answer = /this is gemini live speaking/i;

let gemini: GeminiEmulator;
let told: Told;
let model: GeminiModel;
let call: TestCall | undefined;

beforeAll(async () => {
  initializeLogger({ pretty: false, level: process.env['LOG_LEVEL'] ?? 'silent' });
  gemini = await startGemini({ apiKey: 'right' });
}, engineTestTimeoutMs);

afterEach(async () => {
  await call?.end();
  call = undefined;
  await vi.waitFor(() => expect(gemini.open).toBe(0));
});

afterAll(async () => {
  await gemini.stop();
});

async function begin(
  options: GeminiOptions = {},
  rest: Omit<TestCallOptions, 'model'> = {},
): Promise<TestCall> {
  told = new Told();
  model = new GeminiModel(
    {
      model: 'gemini-3.8-live',
      apiKey: 'right',
      httpOptions: { baseUrl: gemini.url },
      ...options,
    },
    told,
  );
  call = await TestCall.start({ model, ...rest });
  return call;
}

const order = {
  name: 'shop_order_status',
  description: 'The status of an order.',
  parameters: z.object({ query: z.string().optional() }),
};
const orders = llm.tool({
  ...order,
  execute: () => Promise.resolve({ answer: 'It was sent on Monday.' }),
});

describe('Gemini Live', { timeout: 90_000 }, () => {
  it('answers what was said, over one connection that had everything from the start', async () => {
    const before = gemini.setups.length;
    const talk = await begin({}, { instructions: 'Be kind.', tools: [orders] });
    await talk.say(question);
    await talk.reply(answer);
    expect(talk.heard).toEqual([expect.stringMatching(/what is your name/i)]);
    expect(gemini.setups.slice(before)).toMatchObject([
      {
        systemInstruction: { parts: [{ text: 'Be kind.' }] },
        tools: [{ functionDeclarations: [{ name: 'shop_order_status' }] }],
      },
    ]);
    expect(told.connections).toEqual(['connected']);
    expect(talk.loudspeaker.playedMs).toBeGreaterThan(500);
  });

  it('calls tools, and hears what was said while one ran', async () => {
    let release: () => void = () => undefined;
    const talk = await begin(
      {},
      {
        tools: [
          llm.tool({
            ...order,
            execute: async () => {
              await new Promise<void>((resolve) => (release = resolve));
              return { answer: 'It was sent on Monday.' };
            },
          }),
        ],
      },
    );
    await talk.say('What is the status of my order?');
    await vi.waitFor(() => expect(calls(gemini.believes())).toEqual(['shop_order_status']), 10_000);
    const heardMs = gemini.heardMs;
    await talk.say(question);
    expect(gemini.heardMs).toBeLessThan(heardMs + 500);
    release();
    await talk.reply(answer);
    expect(gemini.believes()).toContainEqual({
      type: 'result',
      output: expect.stringContaining('Monday') as string,
    });
    expect(gemini.heardMs).toBeGreaterThan(heardMs + 900);
  });

  it('falls silent when it is cut in on, and knows how far it came', async () => {
    gemini.fault({ type: 'late-audio', pieces: 25 });
    const talk = await begin(
      {},
      { instructions: 'Say "' + 'One sheep, two sheep, three sheep. '.repeat(8) + '".' },
    );
    talk.session.generateReply();
    await vi.waitFor(() => expect(talk.loudspeaker.positionMs).toBeGreaterThan(1000), 10_000);
    await talk.say(question);
    await talk.reply(answer);
    const [cut] = talk.replies;
    expect(cut?.interrupted).toBe(true);
    const believed = gemini.believes().find(({ type }) => type === 'message');
    expect(believed).toMatchObject({
      role: 'assistant',
      text: expect.stringMatching(/^One sheep/) as string,
    });
    expect(JSON.stringify(believed).length).toBeLessThan(200);
    // Sound that came after the cut must not be played: the reply that was cut, the new one, and nothing else.
    expect(talk.replies).toHaveLength(2);
  });

  it('reads typed messages, each of them once', async () => {
    const talk = await begin();
    await talk.say(question);
    await talk.reply(answer);
    talk.session.generateReply({ userInput: 'What was my first question?' });
    await talk.reply(/what is your name/i);
    const typed = gemini
      .believes()
      .filter(
        (belief) =>
          belief.type === 'message' &&
          /first question/i.test(belief.text) &&
          belief.role === 'user',
      );
    expect(typed).toHaveLength(1);
  });

  it('takes turns by hand, with a tool, and drops one that is taken back', async () => {
    const talk = await begin(
      { realtimeInputConfig: { automaticActivityDetection: { disabled: true } } },
      { byHand: true, tools: [orders] },
    );
    const turn = async (text: string, end: 'commit' | 'cancel') => {
      talk.session.interrupt();
      talk.session.input.setAudioEnabled(true);
      await talk.say(text);
      talk.session.input.setAudioEnabled(false);
      if (end === 'commit') talk.session.commitUserTurn();
      else talk.session.clearUserTurn();
    };
    await turn('What is the status of my order?', 'commit');
    await talk.reply(/monday/i);
    await turn('Nobody should ever hear this.', 'cancel');
    await vi.waitFor(() => expect(told.connections.length).toBeGreaterThan(1), 10_000);
    await turn('What was my first question?', 'commit');
    await talk.reply(/status of my order/i);
    expect(JSON.stringify(gemini.believes())).not.toMatch(/nobody/i);
  });

  it.each([
    ['is cut', { type: 'drop' }],
    [
      'is closed with an error',
      { type: 'close', code: 1011, reason: 'Internal error encountered.' },
    ],
    ['is closed politely', { type: 'close', code: 1000, reason: '' }],
  ] as const)('goes on with what was said when its connection %s', async (_, fault) => {
    const talk = await begin();
    await talk.say(question);
    await talk.reply(answer);
    gemini.fault(fault);
    await vi.waitFor(
      () => expect(told.connections).toEqual(['connected', 'reconnecting', 'connected']),
      10_000,
    );
    await talk.say('What was my first question?');
    await talk.reply(/what is your name/i);
    expect(said(gemini.believes(), 'user')).toEqual([
      expect.stringMatching(/what is your name/i),
      expect.stringMatching(/first question/i),
    ]);
    expect(talk.closed).toEqual([]);
  });

  it('moves to a new connection unheard when the service asks for it in mid-reply', async () => {
    gemini.fault({ type: 'session-limit', afterMs: 8000, noticeMs: 6000 });
    const text = 'One sheep, two sheep, three sheep, four sheep.';
    const talk = await begin({}, { instructions: `Say "${text}".` });
    talk.session.generateReply();
    await talk.reply(/four sheep/);
    await vi.waitFor(() => expect(told.connections).toEqual(['connected', 'renewed']), 10_000);
    expect(talk.replies).toEqual([
      { text: expect.stringContaining(text) as string, interrupted: false },
    ]);
    gemini.fault({ type: 'session-limit', afterMs: 600_000, noticeMs: 1000 });
  });

  it('answers what is asked for in the moment of a renewal', async () => {
    const talk = await begin();
    await vi.waitFor(() => expect(told.connections).toEqual(['connected']), 10_000);
    gemini.fault({ type: 'go-away', leftMs: 20_000 });
    talk.session.generateReply({ userInput: question });
    await talk.reply(answer);
    await vi.waitFor(() => expect(told.connections).toEqual(['connected', 'renewed']), 10_000);
    expect(told.problems).toEqual([]);
  });

  it('says that the key is refused, and gives up', async () => {
    const talk = await begin({ apiKey: 'wrong' });
    await vi.waitFor(() => expect(talk.closed).toEqual(['error']), 10_000);
    expect(told.problems).toEqual([
      { code: 'provider_refused', detail: 'API key not valid. Please pass a valid API key.' },
    ]);
  });

  it.each([
    [401, 'provider_refused', 'gives up'],
    [403, 'provider_refused', 'gives up'],
    [429, 'provider_limited', 'tries again'],
    [503, 'provider_unreachable', 'tries again'],
  ] as const)('meets status %i: %s, and %s', async (status, code, then) => {
    gemini.fault({ type: 'refuse', status, times: then === 'gives up' ? 1 : 2 });
    const talk = await begin();
    if (then === 'gives up') await vi.waitFor(() => expect(talk.closed).toEqual(['error']), 10_000);
    else await vi.waitFor(() => expect(told.connections).toEqual(['connected']), 10_000);
    expect(told.problems.map((problem) => problem.code)).toEqual([code]);
  });

  it('tries again where the service does not answer', async () => {
    gemini.fault({ type: 'time-out' });
    await begin();
    await vi.waitFor(() => expect(told.connections).toEqual(['connected']), 20_000);
  });

  it('waits for a slow start before it counts the time to a reply', async () => {
    gemini.fault({ type: 'slow-start', delayMs: 6000 });
    const talk = await begin();
    talk.session.generateReply({ userInput: question });
    await talk.reply(answer);
  });

  it('says so when a reply does not come, and answers the next question', async () => {
    const talk = await begin();
    gemini.fault({ type: 'silence' });
    talk.session.generateReply({ userInput: 'Is anybody there?' });
    await vi.waitFor(
      () => expect(told.problems.map(({ code }) => code)).toEqual(['provider_unreachable']),
      15_000,
    );
    await talk.say(question);
    await talk.reply(answer);
  });

  it('says that the quota is used up, and comes back', async () => {
    const talk = await begin();
    gemini.fault({ type: 'throttled' });
    await talk.say(question);
    await vi.waitFor(
      () => expect(told.problems.map(({ code }) => code)).toEqual(['provider_limited']),
      10_000,
    );
    await vi.waitFor(
      () => expect(told.connections).toEqual(['connected', 'reconnecting', 'connected']),
      10_000,
    );
    await talk.say(question);
    await talk.reply(answer);
  });

  it('bears a message that is no JSON', async () => {
    const talk = await begin();
    await vi.waitFor(() => expect(told.connections).toEqual(['connected']), 10_000);
    gemini.fault({ type: 'malformed', text: '{"serverContent":' });
    await talk.say(question);
    await talk.reply(answer);
    expect(told.problems.map(({ code }) => code)).toEqual(['provider_failed']);
  });

  it('sees what it is shown, and counts it', async () => {
    const before = gemini.pictures.length;
    const talk = await begin();
    // Without a connection there is nobody to look.
    model.eyes.see(await pictureOf('white'));
    await vi.waitFor(() => expect(told.connections).toEqual(['connected']), 10_000);
    const counted: number[] = [];
    talk.session.on(voice.AgentSessionEventTypes.MetricsCollected, ({ metrics }) => {
      if (metrics.type !== 'realtime_model_metrics') return;
      counted.push(metrics.inputTokenDetails.imageTokens);
    });
    for (const colour of ['red', 'blue']) {
      model.eyes.see(await pictureOf(colour));
      talk.session.generateReply({ userInput: askedColour });
      await talk.reply(new RegExp(`something ${colour}`));
    }
    expect(gemini.pictures.slice(before).map(({ colour }) => colour)).toEqual(['red', 'blue']);
    await vi.waitFor(() => expect(counted).toEqual([258, 516]), 10_000);
  });

  it('counts what it used', async () => {
    const talk = await begin();
    const metrics: unknown[] = [];
    talk.session.on(voice.AgentSessionEventTypes.MetricsCollected, (event) =>
      metrics.push(event.metrics),
    );
    await talk.say(question);
    await talk.reply(answer);
    await vi.waitFor(() => expect(metrics.length).toBeGreaterThan(0), 10_000);
    expect(metrics[0]).toMatchObject({
      inputTokenDetails: { audioTokens: expect.any(Number) as number },
      outputTokenDetails: { audioTokens: expect.any(Number) as number },
    });
  });
});

function calls(beliefs: readonly { type: string; name?: string }[]): string[] {
  return beliefs.flatMap((belief) => (belief.type === 'call' ? [belief.name ?? ''] : []));
}

function said(beliefs: ReturnType<GeminiEmulator['believes']>, role: string): string[] {
  return beliefs.flatMap((belief) =>
    belief.type === 'message' && belief.role === role ? [belief.text] : [],
  );
}
