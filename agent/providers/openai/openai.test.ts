import { initializeLogger, llm, voice } from '@livekit/agents';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Settings } from '#protocol/settings.ts';
import { startOpenai, type OpenaiEmulator } from '../../../e2e/providers/openai/openai.ts';
import { engineTestTimeoutMs } from '../../engine/test-engine.ts';
import { azureOpenai } from '../catalogue/azure-openai.ts';
import { openai } from '../catalogue/openai.ts';
import type { ProviderConnection } from '../provider.ts';
import { TestCall, Told, type TestCallOptions } from '../test-call.ts';
import { askedColour, pictureOf } from '../test-picture.ts';

const question = 'What is your name?';
const answer = /this is openai realtime speaking/i;

let service: OpenaiEmulator;
/** Before anybody has called. */
let socketsAtRest: number;
let told: Told;
let connection: ProviderConnection;
let call: TestCall | undefined;

beforeAll(async () => {
  initializeLogger({ pretty: false, level: process.env['LOG_LEVEL'] ?? 'silent' });
  service = await startOpenai({ deployments: { talk: 'gpt-realtime' } });
  socketsAtRest = openSockets();
}, engineTestTimeoutMs);

afterEach(async () => {
  await call?.end();
  call = undefined;
});

afterAll(async () => {
  await service.stop();
});

const providers = { openai, azure: azureOpenai };

async function begin(
  settings: Settings = {},
  rest: Omit<TestCallOptions, 'model'> & {
    at?: keyof typeof providers;
    key?: string;
  } = {},
): Promise<TestCall> {
  const { at = 'openai', key = service.apiKey, ...options } = rest;
  told = new Told();
  connection = providers[at].connect(
    {
      OPENAI_API_KEY: key,
      OPENAI_BASE_URL: service.url,
      AZURE_OPENAI_ENDPOINT: service.azureUrl,
      AZURE_OPENAI_API_KEY: key,
      AZURE_OPENAI_DEPLOYMENT: 'talk',
    },
    // In short silences a test does not have to wait for.
    { turnDetection: { kind: 'server_vad', values: { silence_duration_ms: 500 } }, ...settings },
    told,
  );
  call = await TestCall.start({ model: connection.model, ...options });
  return call;
}

const orders = llm.tool({
  name: 'shop_order_status',
  description: 'The status of an order.',
  parameters: z.object({ query: z.string().optional() }),
  execute: () => Promise.resolve({ answer: 'It was sent on Monday.' }),
});

const story = llm.tool({
  name: 'tell_story',
  description: 'Tells a story.',
  parameters: z.object({}),
  execute: () =>
    Promise.resolve({
      say: 'There was a keeper of a lighthouse who counted the ships. Every evening he wrote their names into a large book. '.repeat(
        5,
      ),
    }),
});

describe.each(['openai', 'azure'] as const)(
  'the Realtime API of %s',
  (at) => {
    it('is told the language of the conversation, for what it writes down', async () => {
      const before = service.events.length;
      await begin({ language: 'vi' }, { at });
      await vi.waitFor(
        () =>
          expect(
            service.events
              .slice(before)
              .some(
                ({ type, event }) =>
                  type === 'session.update' && JSON.stringify(event).includes('"language":"vi"'),
              ),
          ).toBe(true),
        10_000,
      );
      expect(providers[at].offer({}).languages).toContain('vi');
      await vi.waitFor(() => expect(told.connections).toEqual(['connected']), 10_000);
      expect(told.problems).toEqual([]);
    });

    it('answers what was said, with a tool, and reads a typed message', async () => {
      const talk = await begin({}, { at, tools: [orders] });
      await talk.say('What is the status of my order?');
      await talk.reply(/monday/i);
      expect(talk.heard).toEqual([expect.stringMatching(/status of my order/i)]);
      talk.session.generateReply({ userInput: 'What was my first question?' });
      await talk.reply(/status of my order/i);
      expect(told.connections).toEqual(['connected']);
      expect(told.problems).toEqual([]);
    });

    it('takes turns by hand, and drops one that is taken back', async () => {
      const talk = await begin({ mode: 'push-to-talk' }, { at, byHand: true });
      const turn = async (text: string) => {
        talk.session.input.setAudioEnabled(true);
        await talk.say(text);
        talk.session.input.setAudioEnabled(false);
      };
      await turn('Nobody should ever hear this.');
      talk.session.clearUserTurn();
      await turn(question);
      talk.session.commitUserTurn();
      await talk.reply(answer);
      expect(JSON.stringify(service.believes())).not.toMatch(/nobody/i);
    });

    it.each([
      [401, 'provider_refused', 'gives up'],
      [403, 'provider_refused', 'gives up'],
      [429, 'provider_limited', 'tries again'],
      [503, 'provider_unreachable', 'tries again'],
    ] as const)('meets status %i: %s, and %s', async (status, code, then) => {
      service.fault({ type: 'refuse', status, times: then === 'gives up' ? 1 : 2 });
      const talk = await begin({}, { at });
      if (then === 'gives up') {
        await vi.waitFor(() => expect(talk.closed).toEqual(['error']), 10_000);
      } else {
        await vi.waitFor(() => expect(told.connections).toEqual(['connected']), 10_000);
      }
      expect(told.problems.map((problem) => problem.code)).toEqual([code]);
    });
  },
  90_000,
);

describe('the session with OpenAI', { timeout: 90_000 }, () => {
  it('is cut where the person heard it', async () => {
    const talk = await begin(
      {},
      { instructions: `Say "${'One sheep, two sheep, three sheep. '.repeat(8)}".` },
    );
    talk.session.generateReply();
    await vi.waitFor(() => expect(talk.loudspeaker.positionMs).toBeGreaterThan(1000), 10_000);
    await talk.say(question);
    await talk.reply(answer);
    const [cut] = talk.replies;
    expect(cut?.interrupted).toBe(true);
    const believed = service
      .believes()
      .find((belief) => belief.type === 'message' && belief.role === 'assistant');
    expect(believed).toMatchObject({ text: expect.stringMatching(/^One sheep/) as string });
    const truncation = service.events.findLast(({ type }) => type === 'conversation.item.truncate');
    const [cutMs = NaN] = talk.loudspeaker.cutsMs;
    expect(Math.abs(Number(truncation?.event['audio_end_ms']) - cutMs)).toBeLessThan(50);
  });

  it('changes in the running session what the service lets one change', async () => {
    const talk = await begin();
    await vi.waitFor(() => expect(told.connections).toEqual(['connected']), 10_000);
    const turnDetection = { kind: 'server_vad', values: { silence_duration_ms: 400 } };
    expect(
      connection.applyLive({ turnDetection, language: 'en-GB', noiseReduction: 'near_field' }),
    ).toBe(true);
    expect(connection.applyLive({ turnDetection, voice: 'cedar' })).toBe(false);
    await talk.say(question);
    await talk.reply(answer);
    expect(told.problems).toEqual([]);
    expect(told.connections).toEqual(['connected']);
  });

  it('knows the conversation when it was lost in mid-reply', async () => {
    const talk = await begin({}, { tools: [story] });
    service.fault({ type: 'drop', afterAudioDeltas: 20 });
    talk.session.generateReply({ userInput: 'Tell me a long story.' });
    await vi.waitFor(
      () => expect(told.connections).toEqual(['connected', 'reconnecting', 'connected']),
      20_000,
    );
    await talk.session.interrupt().await;
    talk.session.generateReply({ userInput: 'What did I say first?' });
    await talk.reply(/you said was: tell me a long story/i);
    expect(talk.closed).toEqual([]);
  });

  it('sees what it is shown, one picture at a time, and counts it', async () => {
    const talk = await begin({}, { tools: [orders] });
    const { eyes } = connection;
    await vi.waitFor(() => expect(told.connections).toEqual(['connected']), 10_000);
    const counted: number[] = [];
    talk.session.on(voice.AgentSessionEventTypes.MetricsCollected, ({ metrics }) => {
      if (metrics.type !== 'realtime_model_metrics') return;
      counted.push(metrics.inputTokenDetails.imageTokens);
    });
    const ask = (text: string) => void talk.session.generateReply({ userInput: text });
    for (const colour of ['red', 'blue']) {
      eyes?.see(await pictureOf(colour));
      ask(askedColour);
      await talk.reply(new RegExp(`something ${colour}`));
    }
    // What the framework tells of the conversation leaves the picture where it is.
    ask('What is the status of my order?');
    await talk.reply(/monday/i);
    ask('Tell me again: what colour do you see?');
    await vi.waitFor(() => expect(talk.replies.at(-1)?.text).toMatch(/something blue/), 30_000);
    expect(counted.length).toBeGreaterThan(3);
    expect(new Set(counted)).toEqual(new Set([600]));
    eyes?.forget();
    ask('And now, which colour?');
    await talk.reply(/i see nothing/i);
    expect(told.problems).toEqual([]);
  });

  it('shows nothing to a new connection that was shown to the one before', async () => {
    const talk = await begin();
    await vi.waitFor(() => expect(told.connections).toEqual(['connected']), 10_000);
    connection.eyes?.see(await pictureOf('red'));
    talk.session.generateReply({ userInput: askedColour });
    await talk.reply(/something red/);
    service.fault({ type: 'drop' });
    await vi.waitFor(() => expect(told.connections).toHaveLength(3), 10_000);
    connection.eyes?.see(await pictureOf('green'));
    talk.session.generateReply({ userInput: askedColour });
    await talk.reply(/something green/);
    expect(told.problems.filter(({ code }) => code !== 'provider_unreachable')).toEqual([]);
  });

  it('goes on with what was said when its connection is cut', async () => {
    const talk = await begin();
    await talk.say(question);
    await talk.reply(answer);
    service.fault({ type: 'drop' });
    await vi.waitFor(
      () => expect(told.connections).toEqual(['connected', 'reconnecting', 'connected']),
      10_000,
    );
    await talk.say('What was my first question?');
    await talk.reply(/what is your name/i);
    expect(talk.closed).toEqual([]);
    expect(told.problems).toEqual([]);
  });

  it('tells a new connection what was said once, whoever tells of the conversation meanwhile', async () => {
    const talk = await begin();
    await talk.say(question);
    await talk.reply(answer);
    service.fault({ type: 'drop' });
    await vi.waitFor(() => expect(told.connections).toHaveLength(3), {
      timeout: 10_000,
      interval: 1,
    });
    const { currentAgent } = talk.session;
    await currentAgent.updateChatCtx(currentAgent.chatCtx.copy());
    await talk.say('What was my first question?');
    await talk.reply(/what is your name/i);
    expect(told.problems).toEqual([]);
  });

  it('begins a new session with what was said when the service ends one', async () => {
    service.fault({ type: 'session-limit', afterMs: 9000 });
    const talk = await begin();
    await talk.say(question);
    await talk.reply(answer);
    await vi.waitFor(
      () => expect(told.connections).toEqual(['connected', 'reconnecting', 'connected']),
      20_000,
    );
    service.fault({ type: 'session-limit', afterMs: 600_000 });
    await talk.say('What was my first question?');
    await talk.reply(/what is your name/i);
    expect(talk.closed).toEqual([]);
  });

  it('bears a message that is no JSON', async () => {
    const talk = await begin();
    await vi.waitFor(() => expect(told.connections).toEqual(['connected']), 10_000);
    service.fault({ type: 'malformed', text: '{"type":' });
    await talk.say(question);
    await talk.reply(answer);
    expect(told.problems.map(({ code }) => code)).toEqual(['provider_failed']);
  });

  it('says that the service limits it, and goes on', async () => {
    const talk = await begin();
    service.fault({ type: 'throttled' });
    await talk.say(question);
    await vi.waitFor(
      () => expect(told.problems.map(({ code }) => code)).toEqual(['provider_limited']),
      15_000,
    );
    await talk.say(question);
    await talk.reply(answer);
    expect(talk.closed).toEqual([]);
  });

  it('tries again where the service does not answer', async () => {
    service.fault({ type: 'time-out' });
    await begin();
    await vi.waitFor(() => expect(told.connections).toEqual(['connected']), 20_000);
  });

  it('leaves no connection behind', async () => {
    // What the test before this one left is still being closed.
    await vi.waitFor(() => expect(openSockets()).toBe(socketsAtRest), 10_000);
    const talk = await begin();
    await vi.waitFor(() => expect(told.connections).toEqual(['connected']), 10_000);
    expect(openSockets()).toBeGreaterThan(socketsAtRest);
    await talk.end();
    call = undefined;
    await vi.waitFor(() => expect(openSockets()).toBe(socketsAtRest), 5000);
  });
});

/** Of both ends: the emulated service is in this process. */
function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
}

describe('an Azure resource', () => {
  it('is asked for its deployment, whatever version another library wants', async () => {
    vi.stubEnv('OPENAI_API_VERSION', '2024-10-01-preview');
    await begin({}, { at: 'azure' });
    await vi.waitFor(() => expect(told.connections).toEqual(['connected']), 10_000);
    vi.unstubAllEnvs();
    expect(service.requests.at(-1)).toMatchObject({
      path: '/openai/v1/realtime',
      query: { model: 'talk' },
    });
  });
});
