import { initializeLogger, llm } from '@livekit/agents';
import * as openai from '@livekit/agents-plugin-openai';
import { AudioFrame } from '@livekit/rtc-node';
import { once, type EventEmitter } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { engineTestTimeoutMs } from '../../../agent/engine/test-engine.ts';
import { wordErrorRate } from '../../fixtures/word-error-rate.ts';
import { decodeALaw, encodeALaw } from '../realtime/g711.ts';
import { TestClient } from '../realtime/test-client.ts';
import { pcmBytes, pcmSamples, TestSpeech } from '../realtime/test-speech.ts';
import { startOpenai, type OpenaiEmulator } from './openai.ts';

let speech: TestSpeech;
let service: OpenaiEmulator;
let client: TestClient;

beforeAll(async () => {
  initializeLogger({ pretty: false, level: 'silent' });
  speech = await TestSpeech.start();
}, engineTestTimeoutMs);

afterAll(async () => {
  await speech.stop();
});

beforeEach(async () => {
  service = await startOpenai({ deployments: { ours: 'gpt-realtime' } });
});

afterEach(async () => {
  await service.stop();
});

const getTime = { type: 'function', name: 'get_time', parameters: { type: 'object' } };

async function connect(session: object = {}): Promise<void> {
  client = await TestClient.open(`${service.url}/realtime?model=gpt-realtime`, {
    headers: { authorization: `Bearer ${service.apiKey}` },
  });
  await client.event('session.created');
  client.send({ type: 'session.update', session: { type: 'realtime', ...session } });
  await client.event('session.updated');
}

function typed(text: string) {
  return {
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
  };
}

describe('the door', () => {
  it.each([
    ['OpenAI without a key', '/v1/realtime?model=gpt-realtime', {}, 401],
    [
      'OpenAI with Azure’s header',
      '/v1/realtime?model=gpt-realtime',
      { 'api-key': 'openai-test-key' },
      401,
    ],
    [
      'OpenAI with an unknown model',
      '/v1/realtime?model=gpt-2',
      { authorization: 'Bearer openai-test-key' },
      400,
    ],
    ['a key in the URL', '/openai/v1/realtime?model=ours&api-key=openai-test-key', {}, 401],
    [
      'Azure with an unknown deployment',
      '/openai/v1/realtime?model=theirs',
      { 'api-key': 'openai-test-key' },
      404,
    ],
    [
      'Azure with a version on the path without',
      '/openai/v1/realtime?model=ours&api-version=x',
      { 'api-key': 'openai-test-key' },
      400,
    ],
  ])('refuses %s', async (_, path, headers, status) => {
    await expect(TestClient.open(`${service.azureUrl}${path}`, { headers })).rejects.toThrow(
      `HTTP ${status}`,
    );
  });

  it.each([
    ['key', { 'api-key': 'openai-test-key' }],
    ['token', { authorization: 'Bearer azure-openai-test-token' }],
  ])('lets a client of Azure in with a %s', async (_, headers) => {
    client = await TestClient.open(`${service.azureUrl}/openai/v1/realtime?model=ours`, {
      headers,
    });
    expect((await client.event('session.created'))['session']).toMatchObject({
      type: 'realtime',
      model: 'gpt-realtime',
    });
  });
});

describe('session.update', () => {
  it.each([
    [{ modalities: ['text'] }, 'unknown_parameter', 'session.modalities'],
    [{ type: undefined }, 'missing_required_parameter', 'session.type'],
    [{ output_modalities: ['text', 'audio'] }, 'invalid_value', 'session.output_modalities'],
    [{ audio: { output: { voice: 'nobody' } } }, 'invalid_value', 'session.audio.output.voice'],
    [{ audio: { output: { speed: 9 } } }, 'invalid_value', 'session.audio.output.speed'],
    [
      { audio: { input: { format: { type: 'audio/pcm', rate: 16_000 } } } },
      'invalid_value',
      'session.audio.input.format.rate',
    ],
    [
      { audio: { input: { turn_detection: { type: 'semantic_vad', threshold: 1 } } } },
      'unknown_parameter',
      'session.audio.input.turn_detection.threshold',
    ],
    [{ model: 'gpt-realtime-2' }, 'invalid_value', 'session.model'],
  ])('refuses %j', async (session, code, param) => {
    await connect();
    const { error } = await client.errorFor({
      type: 'session.update',
      session: { type: 'realtime', ...session },
    });
    expect(error).toMatchObject({ type: 'invalid_request_error', code, param });
  });

  it('changes only what it names', async () => {
    await connect({ audio: { input: { transcription: { model: 'whisper-1' } } } });
    const from = client.received.length;
    client.send({
      type: 'session.update',
      session: { type: 'realtime', audio: { input: { turn_detection: { type: 'semantic_vad' } } } },
    });
    expect((await client.event('session.updated', () => true, from))['session']).toMatchObject({
      audio: {
        input: {
          transcription: { model: 'whisper-1' },
          turn_detection: { type: 'semantic_vad', eagerness: 'auto', interrupt_response: true },
        },
      },
    });
  });
});

describe('a spoken turn', () => {
  it('goes from speech to tool to speech, under the names of today', async () => {
    await connect({
      tools: [getTime],
      audio: { input: { transcription: { model: 'gpt-4o-mini-transcribe' } } },
    });
    client.sendSound(pcmBytes(speech.say('What time is it in Tokyo?', 24_000)));
    const call = await client.event('response.function_call_arguments.done');
    await client.event('response.done');
    const { usage } = await client.event('conversation.item.input_audio_transcription.completed');
    expect(usage).toMatchObject({ type: 'tokens' });
    client.send({
      type: 'conversation.item.create',
      item: {
        type: 'function_call_output',
        call_id: call['call_id'],
        output: '{"say":"It is nine."}',
      },
    });
    client.send({ type: 'response.create' });
    const { transcript } = await client.event('response.output_audio_transcript.done');
    expect(transcript).toBe('It is nine.');
    await client.event(
      'conversation.item.done',
      ({ item }) => (item as { role?: string }).role === 'assistant',
    );
    const heard = await speech.hear(
      pcmSamples(client.sound('response.output_audio.delta')),
      24_000,
    );
    expect(heard).toMatch(/nine/i);
    for (const old of ['response.audio.delta', 'conversation.item.created']) {
      expect(client.all(old)).toEqual([]);
    }
  });

  it('hears and speaks A-law', async () => {
    const format = { type: 'audio/pcma' };
    await connect({ audio: { input: { format }, output: { format } } });
    client.sendSound(encodeALaw(speech.say('What can you do for me?', 8000)), 800);
    await client.event('response.done');
    const said = service.believes().at(-1);
    if (said?.type !== 'message') throw new Error('Nothing was said.');
    const sound = decodeALaw(client.sound('response.output_audio.delta'));
    expect(wordErrorRate(said.text, await speech.hear(sound, 8000))).toBeLessThan(0.4);
  });

  it('answers apart from the conversation', async () => {
    await connect({ output_modalities: ['text'] });
    client.send(typed('Who are you?'));
    client.send({
      type: 'response.create',
      response: {
        conversation: 'none',
        metadata: { topic: 'aside' },
        input: [
          {
            type: 'message',
            role: 'user',
            content: [{ type: 'input_text', text: 'What did I say first?' }],
          },
        ],
      },
    });
    const { response } = await client.event('response.done');
    expect(response).toMatchObject({
      metadata: { topic: 'aside' },
      output: [{ content: [{ type: 'output_text', text: 'I know of nothing that came before.' }] }],
    });
    expect(service.believes()).toHaveLength(1);
  });
});

describe('with the published plugin as its client', () => {
  interface Generation {
    readonly messageStream: ReadableStream<llm.MessageGeneration>;
    readonly functionStream: ReadableStream<llm.FunctionCall>;
  }

  function models(): Record<'OpenAI' | 'Azure OpenAI', () => openai.realtime.RealtimeModel> {
    return {
      OpenAI: () =>
        new openai.realtime.RealtimeModel({
          baseURL: service.url,
          apiKey: service.apiKey,
          turnDetection: { type: 'server_vad', silence_duration_ms: 400 },
        }),
      'Azure OpenAI': () =>
        openai.realtime.RealtimeModel.withAzure({
          azureDeployment: 'ours',
          azureEndpoint: service.azureUrl,
          apiKey: service.apiKey,
        }),
    };
  }

  it.each(['OpenAI', 'Azure OpenAI'] as const)('holds a conversation as %s', async (name) => {
    const model = models()[name]();
    const session = model.session();
    const events = session as unknown as EventEmitter;
    const errors: unknown[] = [];
    events.on('error', (error) => errors.push(error));
    await session.updateInstructions('Be brief.');
    await session.updateTools(
      new llm.ToolContext([
        llm.tool({
          name: 'get_time',
          description: 'The time at a place.',
          parameters: z.object({ place: z.string().optional() }),
          execute: () => Promise.resolve('unused'),
        }),
      ]),
    );
    const question = speech.say('What time is it in Tokyo?', 24_000, 2500);
    const generated = once(events, 'generation_created', { signal: AbortSignal.timeout(15_000) });
    for (let at = 0; at + 480 <= question.length; at += 480) {
      session.pushAudio(new AudioFrame(question.slice(at, at + 480), 24_000, 1, 480));
    }
    const [first] = (await generated) as [Generation];
    const call = (await first.functionStream.getReader().read()).value;
    expect(call).toMatchObject({ name: 'get_time', args: '{"place":"tokyo"}' });
    if (!call) throw new Error('There is no call.');
    const context = session.chatCtx.copy();
    context.insert(
      llm.FunctionCallOutput.create({
        callId: call.callId,
        name: call.name,
        output: '{"say":"It is nine in Tokyo."}',
        isError: false,
      }),
    );
    await session.updateChatCtx(context);
    const reply = await session.generateReply();
    const message = (await reply.messageStream.getReader().read()).value;
    if (!message) throw new Error('There is no message.');
    const samples: number[] = [];
    for await (const frame of message.audioStream) samples.push(...frame.data);
    expect(await speech.hear(Int16Array.from(samples), 24_000)).toMatch(/nine in tokyo/i);
    await session.truncate({
      messageId: message.messageId,
      audioEndMs: 300,
      modalities: ['audio'],
    });
    await expect
      .poll(() => service.believes().at(-1))
      .toMatchObject({ text: expect.stringMatching(/^It\b(?!.*Tokyo)/) as string });
    expect(errors).toEqual([]);
    expect(service.events.filter(({ type }) => type === 'error')).toEqual([]);
    await session.close();
    await model.close();
  });
});
