import { initializeLogger } from '@livekit/agents';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { fuzzing, fuzzingLimitMs, hostileJson } from '#protocol/testing/fuzzing.ts';
import { openai } from './catalogue/openai.ts';
import { voiceLive } from './catalogue/voice-live.ts';
import { GeminiModel } from './gemini/model.ts';
import { parseOutput } from './nova-sonic/wire/output-events.ts';
import { NovaSonicRealtimeModel } from './nova-sonic/index.ts';
import { TestBedrock, type ServedStream } from './nova-sonic/test-bedrock.ts';
import { Told } from './test-call.ts';
import { serve, survives, type Line, type Service } from './test-service.ts';

/** So many broken events come over one connection, on top of one another. */
const manyEvents = 250;
/** For a service whose connections take their time to begin and to end. */
const moreEvents = 1000;

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

const sound = Buffer.alloc(480).toString('base64');
const usage = {
  total_tokens: 3,
  input_tokens: 1,
  output_tokens: 2,
  input_token_details: { text_tokens: 1, audio_tokens: 0, cached_tokens: 0 },
  output_token_details: { text_tokens: 1, audio_tokens: 1 },
};
const item = { id: 'i1', type: 'message', role: 'assistant', status: 'in_progress', content: [] };
const call = { id: 'i2', type: 'function_call', name: 'dice', call_id: 'c1', arguments: '{}' };
const part = { response_id: 'r1', item_id: 'i1', output_index: 0, content_index: 0 };
const response = { id: 'r1', object: 'realtime.response', status: 'in_progress', output: [] };

/** Of OpenAI and of Voice Live, which speak nearly the same; the names of both. */
const realtimeEvents: readonly Line[] = [
  { type: 'session.created', session: { id: 's', type: 'realtime', model: 'm' } },
  { type: 'session.updated', session: { id: 's', type: 'realtime', model: 'm' } },
  { type: 'input_audio_buffer.speech_started', item_id: 'u1', audio_start_ms: 10 },
  { type: 'input_audio_buffer.speech_stopped', item_id: 'u1', audio_end_ms: 90 },
  { type: 'input_audio_buffer.committed', item_id: 'u1', previous_item_id: null },
  ...['conversation.item.created', 'conversation.item.added', 'conversation.item.done'].map(
    (type) => ({ type, previous_item_id: null, item: { ...item, id: 'u1', role: 'user' } }),
  ),
  { type: 'conversation.item.deleted', item_id: 'u1' },
  {
    type: 'conversation.item.input_audio_transcription.completed',
    item_id: 'u1',
    content_index: 0,
    transcript: 'What is your name?',
  },
  {
    type: 'conversation.item.input_audio_transcription.failed',
    item_id: 'u1',
    content_index: 0,
    error: { type: 't', code: 'c', message: 'm' },
  },
  { type: 'response.created', response },
  { type: 'response.output_item.added', response_id: 'r1', output_index: 0, item },
  { type: 'response.output_item.added', response_id: 'r1', output_index: 1, item: call },
  { type: 'response.content_part.added', ...part, part: { type: 'audio', transcript: '' } },
  ...['response.audio.delta', 'response.output_audio.delta'].map((type) => ({
    type,
    ...part,
    delta: sound,
  })),
  ...['response.audio_transcript.delta', 'response.output_audio_transcript.delta'].map((type) => ({
    type,
    ...part,
    delta: 'Nova. ',
  })),
  { type: 'response.text.delta', ...part, delta: 'x' },
  {
    type: 'response.audio_timestamp.delta',
    ...part,
    audio_offset_ms: 1,
    audio_duration_ms: 5,
    text: 'a',
  },
  { type: 'response.animation_viseme.delta', ...part, audio_offset_ms: 1, viseme_id: 3 },
  { type: 'response.function_call_arguments.done', ...part, item_id: 'i2', arguments: '{"a":1}' },
  { type: 'response.output_item.done', response_id: 'r1', output_index: 0, item },
  { type: 'response.output_item.done', response_id: 'r1', output_index: 1, item: call },
  { type: 'response.mcp_call.completed', item_id: 'm1', output_index: 0 },
  { type: 'response.done', response: { ...response, status: 'completed', usage } },
  { type: 'error', error: { type: 'invalid_request_error', code: 'x', message: 'y', param: null } },
  { type: 'rate_limits.updated', rate_limits: [{ name: 'tokens', limit: 1, remaining: 1 }] },
].map((event) => ({ event_id: 'e1', ...event }));

function agreeRealtime({ type, session, item: told }: Line): Line[] {
  if (type === 'session.update') {
    const agreed = { ...(session as object), id: 's', object: 'realtime.session' };
    return [{ type: 'session.updated', event_id: 'e', session: agreed }];
  }
  if (type !== 'conversation.item.create') return [];
  return ['conversation.item.created', 'conversation.item.added'].map((name) => ({
    type: name,
    event_id: 'e',
    previous_item_id: null,
    item: told,
  }));
}

let replies = 0;
function wholeReply(service: Service): void {
  replies += 1;
  const id = `good-${replies}`;
  const said = { ...item, id: `${id}-item` };
  const ofPart = { response_id: id, item_id: said.id, output_index: 0, content_index: 0 };
  for (const event of [
    { type: 'response.created', response: { ...response, id } },
    { type: 'response.output_item.added', response_id: id, output_index: 0, item: said },
    { type: 'response.content_part.added', ...ofPart, part: { type: 'audio', transcript: '' } },
    { type: 'response.output_item.done', response_id: id, output_index: 0, item: said },
    { type: 'response.done', response: { ...response, id, status: 'completed', usage } },
  ]) {
    service.send(JSON.stringify({ event_id: 'e', ...event }));
  }
}

const geminiEvents: readonly Line[] = [
  { serverContent: { modelTurn: { parts: [{ text: 'Nova.' }] } } },
  {
    serverContent: {
      modelTurn: { parts: [{ inlineData: { mimeType: 'audio/pcm;rate=24000', data: sound } }] },
    },
  },
  { serverContent: { inputTranscription: { text: 'What is your name?', finished: true } } },
  { serverContent: { outputTranscription: { text: 'I am' } } },
  { serverContent: { generationComplete: true } },
  { serverContent: { turnComplete: true } },
  { serverContent: { interrupted: true } },
  { toolCall: { functionCalls: [{ id: 'f1', name: 'dice', args: { sides: 6 } }] } },
  { toolCallCancellation: { ids: ['f1'] } },
  { usageMetadata: { promptTokenCount: 1, responseTokenCount: 2, totalTokenCount: 3 } },
  { sessionResumptionUpdate: { newHandle: 'h', resumable: true } },
  { goAway: { timeLeft: '50s' } },
];

const novaEvents: readonly Line[] = [
  { contentStart: { contentId: 'c', type: 'TEXT', role: 'USER' } },
  {
    contentStart: {
      contentId: 'c',
      type: 'TEXT',
      role: 'ASSISTANT',
      additionalModelFields: '{"generationStage":"SPECULATIVE"}',
    },
  },
  { contentStart: { contentId: 'a', type: 'AUDIO', role: 'ASSISTANT' } },
  { textOutput: { contentId: 'c', role: 'USER', content: 'Hello.' } },
  { textOutput: { contentId: 'c', role: 'ASSISTANT', content: '{ "interrupted" : true }' } },
  { audioOutput: { contentId: 'a', content: sound } },
  { toolUse: { contentId: 't', toolUseId: 'u', toolName: 'dice', content: '{"sides":6}' } },
  { contentEnd: { contentId: 'c', type: 'TEXT', stopReason: 'END_TURN' } },
  { contentEnd: { contentId: 'a', type: 'AUDIO', stopReason: 'INTERRUPTED' } },
  { completionStart: { completionId: 'x' } },
  { completionEnd: { completionId: 'x', stopReason: 'END_TURN' } },
  {
    usageEvent: {
      details: {
        total: {
          input: { speechTokens: 1, textTokens: 1 },
          output: { speechTokens: 1, textTokens: 1 },
        },
      },
    },
  },
].map((event) => ({ event }));

function batches(events: readonly Line[], length = manyEvents) {
  return fc.array(hostileJson(events), { minLength: length, maxLength: length, size: 'max' });
}

/** A round takes as long as a connection, and its seed tells all. */
function rounds(length = manyEvents) {
  return { ...fuzzing(1 / length), endOnFailure: true };
}

describe('a session that is told what no service would say', () => {
  it.each([
    [
      'OpenAI',
      (url: string, told: Told) =>
        openai.connect(
          { OPENAI_API_KEY: 'key', OPENAI_BASE_URL: `http://${url}/v1` },
          { voice: 'marin' },
          told,
        ),
    ],
    [
      'Voice Live',
      (url: string, told: Told) =>
        voiceLive.connect(
          { AZURE_VOICELIVE_ENDPOINT: `http://${url}`, AZURE_VOICELIVE_API_KEY: 'key' },
          {},
          told,
        ),
    ],
  ] as const)(
    'goes on with %s',
    async (_name, connect) => {
      const service = await serve([realtimeEvents[0] ?? {}], agreeRealtime);
      await fc.assert(
        fc.asyncProperty(batches(realtimeEvents), async (texts) => {
          const told = new Told();
          const { model } = connect(service.url, told);
          const tell = (): void => texts.forEach((text) => service.send(text));
          await survives(model, told, tell, () => wholeReply(service));
        }),
        rounds(),
      );
    },
    fuzzingLimitMs,
  );

  it(
    'goes on with Gemini',
    async () => {
      const service = await serve([], (message) =>
        'setup' in message ? [{ setupComplete: {} }] : [],
      );
      await fc.assert(
        fc.asyncProperty(batches(geminiEvents), async (texts) => {
          const told = new Told();
          const httpOptions = { baseUrl: `http://${service.url}` };
          const model = new GeminiModel({ model: 'gemini-live', apiKey: 'key', httpOptions }, told);
          const tell = (): void => texts.forEach((text) => service.send(text));
          await survives(model, told, tell, () => {
            for (const event of [geminiEvents[1], geminiEvents[5]]) {
              service.send(JSON.stringify(event));
            }
          });
        }),
        rounds(),
      );
    },
    fuzzingLimitMs,
  );
});

describe('Nova Sonic', () => {
  it(
    'reads any chunk as an event or says what is wrong with it',
    () => {
      fc.assert(
        fc.property(hostileJson(novaEvents), (text) => {
          const read = parseOutput(Buffer.from(text));
          if (!read.ok) expect(read.reason.length).toBeLessThan(200);
        }),
        fuzzing(),
      );
    },
    fuzzingLimitMs,
  );

  it(
    'goes on with what it is told',
    async () => {
      let stream: ServedStream | undefined;
      const bedrock = await TestBedrock.start((opened) => {
        stream = opened;
        opened.accept();
      });
      onTestFinished(() => bedrock.stop());
      await fc.assert(
        fc.asyncProperty(batches(novaEvents, moreEvents), async (texts) => {
          const told = new Told();
          const model = new NovaSonicRealtimeModel({
            endpoint: bedrock.url,
            region: 'us-east-1',
            credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
            onConnection: (state) => told.connection(state),
          });
          const tell = (): void => texts.forEach((text) => stream?.sendRaw(text));
          await survives(model, told, tell, () => {
            for (const line of wholeTurn()) stream?.sendRaw(JSON.stringify(line));
          });
        }),
        rounds(moreEvents),
      );
    },
    fuzzingLimitMs,
  );
});

function* wholeTurn(): Generator<Line> {
  replies += 1;
  const stage = (generationStage: string) => JSON.stringify({ generationStage });
  for (const [role, kind] of [
    ['USER', 'FINAL'],
    ['ASSISTANT', 'SPECULATIVE'],
  ] as const) {
    const contentId = `${role}-${replies}`;
    yield {
      event: {
        contentStart: { contentId, type: 'TEXT', role, additionalModelFields: stage(kind) },
      },
    };
    yield { event: { textOutput: { contentId, role, content: 'Hello.' } } };
    yield { event: { contentEnd: { contentId, type: 'TEXT', stopReason: 'END_TURN' } } };
  }
}
