import { Future, initializeLogger, llm, voice } from '@livekit/agents';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { RTCPeerConnection, usePCMU, useVP8 } from 'werift';
import * as z from 'zod';
import { Mind } from '../../../e2e/providers/mind/mind.ts';
import {
  startVoiceLive,
  type VoiceLiveEmulator,
  type VoiceLiveOptions as EmulatorOptions,
} from '../../../e2e/providers/voice-live/voice-live.ts';
import { startShop } from '../../../e2e/providers/realtime/test-mcp-server.ts';
import { TestCall } from '../test-call.ts';
import {
  VoiceLiveRealtimeModel,
  type TurnDetection,
  type Voice,
  type VoiceLiveError,
  type VoiceLiveOptions,
} from './index.ts';

initializeLogger({ pretty: false, level: 'silent' });

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

/** A session of the plugin by itself, as a framework would hold it. */
async function beginAlone(wishes: Wishes = {}) {
  const { emulator, prepare, ...options } = wishes;
  const service = await startVoiceLive(emulator);
  endings.push(() => service.stop());
  prepare?.(service);
  const connected = new Future();
  const model = new VoiceLiveRealtimeModel({
    endpoint: service.url,
    credential: { apiKey: service.apiKey },
    model: 'gpt-5-mini',
    voice: { type: 'azure-standard', name: 'en-GB-SoniaNeural' },
    ...options,
    hooks: { ...options.hooks, onConnection: () => connected.resolve() },
  });
  const session = model.session();
  endings.push(() => session.close());
  await connected.await;
  return { service, model, session };
}

/** All that a reply brings. */
async function received({ messageStream }: llm.GenerationCreatedEvent) {
  const pieces: (string | voice.TimedString)[] = [];
  let soundMs = 0;
  let id = '';
  for await (const message of messageStream) {
    id = message.messageId;
    await Promise.all([
      (async () => {
        for await (const piece of message.textStream) pieces.push(piece);
      })(),
      (async () => {
        for await (const frame of message.audioStream)
          soundMs += (frame.samplesPerChannel / frame.sampleRate) * 1000;
      })(),
    ]);
  }
  const text = pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('');
  return { id, text, soundMs, timed: pieces.filter((piece) => voice.isTimedString(piece)) };
}

describe('beside the conversation', { timeout: patienceMs }, () => {
  test('gives each word its time and each mouth shape', async () => {
    const visemes: number[] = [];
    const { session } = await beginAlone({
      wordTimes: true,
      visemes: true,
      hooks: { onViseme: (_id, offsetMs) => visemes.push(offsetMs) },
    });
    const reply = await received(await session.generateReply('Say "The train leaves at noon."'));
    expect(reply.text).toMatch(/train leaves at noon/i);
    expect(reply.timed.length).toBeGreaterThanOrEqual(5);
    const starts = reply.timed.map(({ startTime }) => startTime ?? NaN);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect((starts.at(-1) ?? 0) * 1000).toBeLessThan(reply.soundMs);
    expect(visemes.length).toBeGreaterThan(5);
  });

  test('speaks a given text as it stands', async () => {
    const { session, service } = await beginAlone();
    const begun = new Promise<llm.GenerationCreatedEvent>((resolve) =>
      session.once('generation_created', resolve),
    );
    session.say('Your timer is done.');
    const reply = await received(await begun);
    expect(reply).toMatchObject({ text: 'Your timer is done.' });
    expect(reply.soundMs).toBeGreaterThan(500);
    expect(service.believes()).toMatchObject([{ role: 'assistant', text: 'Your timer is done.' }]);
  });

  test('puts items into the conversation, asks for them and takes them out', async () => {
    const { session, service } = await beginAlone();
    await session.addItem({
      id: 'note_1',
      type: 'message',
      role: 'system',
      content: [{ type: 'input_text', text: 'The person has gone to another page.' }],
    });
    expect(service.believes()).toMatchObject([{ role: 'system' }]);
    expect(await session.retrieveItem('note_1')).toMatchObject({ id: 'note_1', role: 'system' });
    await session.deleteItem('note_1');
    expect(service.believes()).toEqual([]);
    await expect(session.retrieveItem('note_1')).rejects.toThrow(llm.RealtimeError);
  });

  test.each([true, false])(
    'runs a tool of an MCP server if that is allowed: %s',
    async (allowed) => {
      const shop = await startShop();
      endings.push(() => shop.stop());
      const told: string[] = [];
      const { session, service } = await beginAlone({
        mcpServers: [{ label: 'shop', url: shop.url, authorization: `Bearer ${shop.token}` }],
        hooks: {
          approveMcpCall: ({ server, tool, input }) => {
            told.push(`asked ${server} ${tool} ${input}`);
            return Promise.resolve(allowed);
          },
          onMcpCallStarted: ({ tool }) => told.push(`started ${tool}`),
          onMcpCallFinished: ({ outcome, output }) => told.push(`${outcome} ${output}`),
        },
      });
      const replies: Promise<Awaited<ReturnType<typeof received>>>[] = [];
      session.on('generation_created', (event: llm.GenerationCreatedEvent) =>
        replies.push(received(event)),
      );
      await vi.waitUntil(
        () => service.events.some(({ type }) => type === 'mcp_list_tools.completed'),
        { timeout: 10_000 },
      );
      const chat = llm.ChatContext.empty();
      chat.addMessage({ role: 'user', content: 'What is the status of order 17?' });
      await session.updateChatCtx(chat);
      await session.generateReply();
      await vi.waitFor(() => expect(told[0]).toMatch(/^asked shop .*17/), { timeout: 10_000 });
      if (!allowed) {
        const refusal = { type: 'mcp_approval_response', approve: false };
        await vi.waitFor(() =>
          expect(service.events.map(({ event }) => event['item'])).toContainEqual(
            expect.objectContaining(refusal),
          ),
        );
        expect(shop.asked).toEqual([]);
        return;
      }
      await vi.waitFor(
        async () =>
          expect((await Promise.all(replies)).map(({ text }) => text).join()).toMatch(/17/),
        { timeout: 15_000 },
      );
      expect(shop.asked).toEqual([17]);
      expect(told.slice(1)).toEqual([
        'started order_status',
        expect.stringMatching(/^done .*on its way/),
      ]);
    },
  );

  test('signs in with Entra ID, with a token for the right scope', async () => {
    const scopes: string[] = [];
    const { service } = await beginAlone({
      emulator: { bearerToken: 'token-of-entra' },
      credential: {
        entra: {
          getToken: (scope) => {
            scopes.push(scope);
            return Promise.resolve({ token: 'token-of-entra' });
          },
        },
      },
    });
    expect(scopes).toEqual(['https://ai.azure.com/.default']);
    expect(service.requests).toMatchObject([{ credential: 'bearer', status: 101 }]);
  });

  test('exchanges descriptions for the video of an avatar', async () => {
    const { session, service } = await beginAlone({
      avatar: { character: 'lisa', style: 'casual-sitting' },
    });
    const peer = new RTCPeerConnection({ codecs: { audio: [usePCMU()], video: [useVP8()] } });
    endings.push(() => peer.close());
    peer.addTransceiver('video', { direction: 'recvonly' });
    peer.addTransceiver('audio', { direction: 'recvonly' });
    for (const { connection } of peer.iceTransports) delete connection.stunServer;
    await peer.setLocalDescription(await peer.createOffer());
    const description = JSON.stringify({ type: 'offer', sdp: peer.localDescription?.sdp });
    const answer = await session.connectAvatar(Buffer.from(description).toString('base64'));
    expect(Buffer.from(answer, 'base64').toString('utf8')).toMatch(/v=0/);
    expect(service.events.map(({ type }) => type)).toContain('session.avatar.connect');
    await expect(session.connectAvatar('e30=')).rejects.toThrow(llm.RealtimeError);
  });

  test('sets every kind of turn detection, and every voice', async () => {
    const problems: VoiceLiveError[] = [];
    const vad = {
      threshold: 0.4,
      prefixPaddingMs: 300,
      silenceDurationMs: 600,
      speechDurationMs: 100,
      endOfUtterance: {
        model: 'semantic_detection_v1_multilingual',
        thresholdLevel: 'low',
        timeoutMs: 800,
      },
      interruptResponse: true,
      autoTruncate: true,
    } as const;
    const azure = { ...vad, removeFillerWords: true };
    const kinds: TurnDetection[] = [
      { type: 'server_vad', ...vad },
      { type: 'azure_semantic_vad', ...azure, languages: ['en'], textAfterTruncation: ' [cut]' },
      { type: 'azure_semantic_vad_en', ...azure },
      { type: 'azure_semantic_vad_multilingual', ...azure, languages: ['fr', 'de'] },
      { type: 'semantic_vad', eagerness: 'low', interruptResponse: false },
    ];
    const voices: Voice[] = [
      { type: 'openai', name: 'marin' },
      {
        type: 'azure-standard',
        name: 'vi-VN-HoaiMyNeural',
        rate: '0.9',
        pitch: '+5%',
        volume: '80',
        style: 'cheerful',
        locale: 'vi-VN',
        temperature: 0.7,
      },
      {
        type: 'azure-custom',
        name: 'mine',
        endpointId: '12345678-1234-1234-1234-123456789012',
        preferLocales: ['en-GB'],
      },
      { type: 'azure-personal', name: 'me', model: 'DragonLatestNeural' },
      { type: 'azure-standard', name: 'en-US-Ava:DragonHDLatestNeural' },
    ];
    for (const [index, turnDetection] of kinds.entries()) {
      const { service } = await beginAlone({
        model: 'gpt-realtime',
        turnDetection,
        voice: voices[index] ?? { type: 'openai', name: 'alloy' },
        noiseReduction: index % 2 ? 'far_field' : 'azure_deep_noise_suppression',
        echoCancellation: true,
        hooks: { onProblem: (problem) => problems.push(problem) },
      });
      const updated = service.events.find(({ type }) => type === 'session.updated');
      expect(updated?.event['session']).toMatchObject({
        turn_detection: { type: turnDetection.type },
      });
    }
    expect(problems).toEqual([]);
  });
});
