import { initializeLogger, llm } from '@livekit/agents';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { Mind } from '../../../e2e/providers/mind/mind.ts';
import { startShop } from '../../../e2e/providers/realtime/test-mcp-server.ts';
import type {
  InterimResponse,
  Transcription,
  TurnDetection,
  Voice,
  VoiceLiveError,
  VoiceLiveOptions,
} from './index.ts';
import { received, TestSession } from './test-session.ts';
import { TestViewer } from './test-viewer.ts';

initializeLogger({ pretty: false, level: 'silent' });

/** Keeps the engine of the emulated services from one test to the next. */
let mind: Mind;
beforeAll(async () => {
  mind = await Mind.start({ name: 'Between the tests' });
}, 60_000);
afterAll(() => mind.stop());

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function begin(...wishes: Parameters<typeof TestSession.begin>): Promise<TestSession> {
  const session = await TestSession.begin(...wishes);
  endings.push(() => session.end());
  return session;
}

const typed = (text: string): llm.ChatContext => {
  const chat = llm.ChatContext.empty();
  chat.addMessage({ role: 'user', content: text });
  return chat;
};

describe('a session by itself', { timeout: 60_000 }, () => {
  test('gives each word its time and each mouth shape', async () => {
    const visemes: number[] = [];
    const { session } = await begin({
      wordTimes: true,
      visemes: true,
      hooks: { onViseme: (_id, offsetMs) => visemes.push(offsetMs) },
    });
    const reply = await received(await session.generateReply('Say "The train leaves at noon."'));
    expect(reply.text).toMatch(/train leaves at noon/i);
    expect(reply.timed.length).toBeGreaterThanOrEqual(5);
    const starts = reply.timed.map(({ startTime }) => startTime ?? NaN);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(Math.max(...starts) * 1000).toBeLessThan(reply.soundMs);
    expect(visemes.length).toBeGreaterThan(5);
  });

  test('speaks a given text as it stands', async () => {
    const test = await begin();
    const begun = test.reply();
    test.session.say('Your timer is done.');
    const reply = await received(await begun);
    expect(reply).toMatchObject({ text: 'Your timer is done.' });
    expect(reply.soundMs).toBeGreaterThan(500);
    expect(test.service.believes()).toMatchObject([
      { role: 'assistant', text: 'Your timer is done.' },
    ]);
  });

  test('answers in writing alone where that is wanted', async () => {
    const { session } = await begin({ answer: 'text' });
    const reply = await received(await session.generateReply('Say "Only words."'));
    expect(reply).toMatchObject({ text: 'Only words.', soundMs: 0 });
  });

  test('puts items into the conversation, asks for them and takes them out', async () => {
    const { session, service } = await begin();
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
      const { session, service } = await begin({
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
      const replies: ReturnType<typeof received>[] = [];
      session.on('generation_created', (event: llm.GenerationCreatedEvent) =>
        replies.push(received(event)),
      );
      await vi.waitUntil(
        () => service.events.some(({ type }) => type === 'mcp_list_tools.completed'),
        { timeout: 10_000 },
      );
      await session.updateChatCtx(typed('What is the status of order 17?'));
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
    const { service } = await begin({
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

  test('fills the time with a word while the answer is slow', async () => {
    const { session, service } = await begin({
      interimResponse: { type: 'static', texts: ['Let me think.'], latencyThresholdMs: 300 },
    });
    service.fault({ type: 'slow-answer', delayMs: 2_000 });
    const reply = await received(await session.generateReply('Say "It is noon."'));
    expect(reply.text).toMatch(/^Let me think\. ?It is noon\.$/);
    expect(reply.soundMs).toBeGreaterThan(1_000);
  });
});

describe('an avatar', { timeout: 30_000 }, () => {
  const avatar = { character: 'lisa', style: 'casual-sitting' };

  test('is seen by its own way, and heard in the room as well', async () => {
    const { session, service } = await begin({ avatar });
    expect(session.avatarIceServers).toMatchObject([
      { urls: [expect.stringMatching(/^stun:127/)], username: 'avatar' },
    ]);
    const viewer = new TestViewer();
    endings.push(() => viewer.close());
    await viewer.accept(await session.connectAvatar(await viewer.offer()));
    await vi.waitFor(() => expect(viewer.received.video).toBeGreaterThan(5), { timeout: 10_000 });
    expect(viewer.received.audio).toBeGreaterThan(5);
    const reply = await received(await session.generateReply('Say "Good morning to all of you."'));
    expect(reply.soundMs).toBeGreaterThan(500);
    expect(service.events.map(({ type }) => type)).toContain('session.avatar.switch_to_speaking');
    await session.interrupt();
    await vi.waitFor(() =>
      expect(service.events.map(({ type }) => type)).toContain('session.avatar.switch_to_idle'),
    );
  });

  test('that cannot be had is refused with the reason', async () => {
    const { session, service } = await begin({ avatar });
    await expect(session.connectAvatar('e30=')).rejects.toThrow(llm.RealtimeError);
    service.fault({ type: 'no-avatar' });
    await expect(session.connectAvatar('e30=')).rejects.toThrow('no renderer is free');
  });
});

/** The session that the service has agreed to, where nothing was wrong with what it was asked. */
async function agreedTo(options: Partial<VoiceLiveOptions>): Promise<unknown> {
  const problems: VoiceLiveError[] = [];
  const test = await begin({
    ...options,
    hooks: { onProblem: (problem) => problems.push(problem) },
  });
  expect(problems).toEqual([]);
  return test.agreed;
}

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
const vadOnWire = {
  threshold: 0.4,
  prefix_padding_ms: 300,
  silence_duration_ms: 600,
  speech_duration_ms: 100,
  end_of_utterance_detection: {
    model: 'semantic_detection_v1_multilingual',
    threshold_level: 'low',
    timeout_ms: 800,
  },
  interrupt_response: true,
  auto_truncate: true,
};
const azureVad = { ...vad, removeFillerWords: true, textAfterTruncation: ' [cut]' } as const;
const azureVadOnWire = {
  ...vadOnWire,
  remove_filler_words: true,
  appended_text_after_truncation: ' [cut]',
};

describe('the service takes', { timeout: 30_000 }, () => {
  test.each<[TurnDetection, object]>([
    [{ type: 'server_vad', ...vad }, vadOnWire],
    [
      { type: 'azure_semantic_vad', ...azureVad, languages: ['en'] },
      { ...azureVadOnWire, languages: ['en'] },
    ],
    [{ type: 'azure_semantic_vad_en', ...azureVad }, azureVadOnWire],
    [
      { type: 'azure_semantic_vad_multilingual', ...azureVad, languages: ['fr', 'de'] },
      { ...azureVadOnWire, languages: ['fr', 'de'] },
    ],
    [
      { type: 'semantic_vad', eagerness: 'low', interruptResponse: false },
      { eagerness: 'low', interrupt_response: false },
    ],
  ])('turns that are found by $type', async (turnDetection, onWire) => {
    expect(await agreedTo({ model: 'gpt-realtime', turnDetection })).toMatchObject({
      turn_detection: { type: turnDetection.type, ...onWire },
    });
  });

  test('turns that the person holds', async () => {
    expect(await agreedTo({ turnDetection: null })).toMatchObject({ turn_detection: null });
  });

  test.each<[Voice, object, string]>([
    [{ type: 'openai', name: 'marin' }, { name: 'marin' }, 'gpt-realtime'],
    [{ type: 'azure-realtime-native', name: 'ava' }, { name: 'ava' }, 'azure-realtime'],
    [
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
      { rate: '0.9', pitch: '+5%', volume: '80', style: 'cheerful', locale: 'vi-VN' },
      'gpt-5-mini',
    ],
    [
      {
        type: 'azure-custom',
        name: 'mine',
        endpointId: '12345678-1234-1234-1234-123456789012',
        preferLocales: ['en-GB'],
        customLexiconUrl: 'https://example.org/lexicon.xml',
      },
      { endpoint_id: '12345678-1234-1234-1234-123456789012', prefer_locales: ['en-GB'] },
      'gpt-4.1',
    ],
    [
      { type: 'azure-personal', name: 'me', model: 'DragonLatestNeural' },
      { name: 'me', model: 'DragonLatestNeural' },
      'gpt-realtime',
    ],
    [
      { type: 'avatar-voice-sync', model: 'DragonLatestNeural' },
      { model: 'DragonLatestNeural' },
      'gpt-5-mini',
    ],
    [
      { type: 'azure-standard', name: 'en-US-Ava:DragonHDLatestNeural' },
      { name: 'en-US-Ava:DragonHDLatestNeural' },
      'gpt-realtime',
    ],
  ])('the voice $type', async (voice, onWire, model) => {
    expect(await agreedTo({ voice, model })).toMatchObject({
      voice: { type: voice.type, ...onWire },
    });
  });

  test.each([
    ['azure_deep_noise_suppression', 'gpt-5-mini'],
    ['near_field', 'gpt-realtime'],
    ['far_field', 'gpt-realtime'],
  ] as const)('noise reduction by %s, and echo cancelling', async (noiseReduction, model) => {
    expect(await agreedTo({ noiseReduction, model, echoCancellation: true })).toMatchObject({
      input_audio_noise_reduction: { type: noiseReduction },
      input_audio_echo_cancellation: { type: 'server_echo_cancellation' },
    });
  });

  test.each<[Transcription, string, object]>([
    [
      { model: 'azure-speech', language: 'en-GB', phrases: ['Parley'] },
      'gpt-5-mini',
      { language: 'en-GB', phrase_list: ['Parley'] },
    ],
    [{ model: 'mai-transcribe' }, 'gpt-5-mini', {}],
    [{ model: 'whisper-1', language: 'en' }, 'gpt-realtime', { language: 'en' }],
    [{ model: 'gpt-4o-transcribe', prompt: 'Ships.' }, 'gpt-realtime', { prompt: 'Ships.' }],
    [{ model: 'gpt-4o-mini-transcribe' }, 'gpt-realtime', {}],
    [{ model: 'gpt-4o-transcribe-diarize' }, 'gpt-realtime', {}],
  ])('words written down by $model', async (transcription, model, onWire) => {
    expect(await agreedTo({ transcription, model })).toMatchObject({
      input_audio_transcription: { model: transcription.model, ...onWire },
    });
  });

  test.each<[InterimResponse, object]>([
    [
      { type: 'static', texts: ['Hm.'], triggers: ['tool'] },
      { texts: ['Hm.'], triggers: ['tool'] },
    ],
    [
      { type: 'llm', model: 'gpt-4.1-mini', instructions: 'Be short.', maxCompletionTokens: 20 },
      { model: 'gpt-4.1-mini', instructions: 'Be short.', max_completion_tokens: 20 },
    ],
  ])('fillers of the kind $type', async (interimResponse, onWire) => {
    expect(await agreedTo({ interimResponse })).toMatchObject({
      interim_response: { type: `${interimResponse.type}_interim_response`, ...onWire },
    });
  });

  test('what else can be set', async () => {
    expect(
      await agreedTo({
        temperature: 0.7,
        maxResponseTokens: 500,
        reasoningEffort: 'low',
        metadata: { caller: 'test' },
        avatar: {
          type: 'photo-avatar',
          character: 'anika',
          model: 'vasa-1',
          video: {
            bitrate: 1_000_000,
            resolution: { width: 640, height: 640 },
            crop: { topLeft: [0, 0], bottomRight: [640, 640] },
            background: { color: '#00FF00FF' },
          },
        },
      }),
    ).toMatchObject({
      temperature: 0.7,
      max_response_output_tokens: 500,
      reasoning_effort: 'low',
      metadata: { caller: 'test' },
      avatar: {
        type: 'photo-avatar',
        model: 'vasa-1',
        output_audit_audio: true,
        video: { bitrate: 1_000_000, crop: { top_left: [0, 0] } },
      },
    });
  });
});
