import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RTCPeerConnection, usePCMU, useVP8 } from 'werift';
import { engineTestTimeoutMs } from '../../../agent/engine/test-engine.ts';
import { wordErrorRate } from '../../fixtures/word-error-rate.ts';
import { decodeALaw, decodeMuLaw, encodeALaw, encodeMuLaw } from '../realtime/g711.ts';
import { startShop, type ShopServer } from '../realtime/test-mcp-server.ts';
import { TestClient } from '../realtime/test-client.ts';
import { pcmBytes, pcmSamples, silence, TestSpeech } from '../realtime/test-speech.ts';
import { startVoiceLive, type VoiceLiveEmulator } from './voice-live.ts';

let speech: TestSpeech;
let service: VoiceLiveEmulator;
let client: TestClient;

beforeAll(async () => {
  speech = await TestSpeech.start();
}, engineTestTimeoutMs);

afterAll(async () => {
  await speech.stop();
});

beforeEach(async () => {
  service = await startVoiceLive();
});

afterEach(async () => {
  await service.stop();
});

const getTime = { type: 'function', name: 'get_time', parameters: { type: 'object' } };

function address(query = 'api-version=2026-04-10&model=gpt-realtime'): string {
  return `${service.url}/voice-live/realtime?${query}`;
}

async function connect(session: object = {}, query?: string): Promise<TestClient> {
  client = await TestClient.open(address(query), { headers: { 'api-key': service.apiKey } });
  await client.event('session.created');
  await update(session);
  return client;
}

async function update(session: object): Promise<void> {
  const from = client.received.length;
  client.send({ type: 'session.update', session });
  await client.event('session.updated', () => true, from);
}

async function ask(text: string): Promise<void> {
  client.sendSound(pcmBytes(speech.say(text, 24_000)));
  return Promise.resolve();
}

function typed(text: string) {
  return {
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
  };
}

describe('the door', () => {
  it.each([
    ['no key', {}, '', 401],
    ['a wrong key', { 'api-key': 'wrong' }, '', 401],
    ['a wrong token', { authorization: 'Bearer wrong' }, '', 401],
    ['a key in the URL', { 'api-key': 'voice-live-test-key' }, '&api-key=voice-live-test-key', 401],
    ['an unknown version', { 'api-key': 'voice-live-test-key' }, '&api-version=2020-01-01', 400],
  ])('refuses %s', async (_, headers, more, status) => {
    const url = more.includes('version')
      ? address(`model=gpt-realtime${more}`)
      : address(`api-version=2026-04-10&model=gpt-realtime${more}`);
    await expect(TestClient.open(url, { headers })).rejects.toThrow(`HTTP ${status}`);
    expect(JSON.stringify(service.requests)).not.toContain('voice-live-test-key');
  });

  it('takes a token of Entra ID', async () => {
    client = await TestClient.open(address(), {
      headers: { authorization: `Bearer ${service.bearerToken}` },
    });
    expect((await client.event('session.created'))['session']).toMatchObject({
      model: 'gpt-realtime',
      object: 'realtime.session',
    });
  });
});

describe('session.update', () => {
  it.each([
    [{ speed: 2 }, 'unknown_parameter', 'session.speed'],
    [{ temperature: '1' }, 'invalid_type', 'session.temperature'],
    [{ temperature: 2 }, 'invalid_value', 'session.temperature'],
    [{ input_audio_format: 'mp3' }, 'invalid_value', 'session.input_audio_format'],
    [
      { turn_detection: { type: 'server_vad', eagerness: 'low' } },
      'unknown_parameter',
      'session.turn_detection.eagerness',
    ],
    [{ turn_detection: { type: 'telepathy' } }, 'invalid_value', 'session.turn_detection.type'],
    [
      { voice: { type: 'azure-custom', name: 'x' } },
      'missing_required_parameter',
      'session.voice.endpoint_id',
    ],
    [{ modalities: ['audio'] }, 'invalid_value', 'session.modalities'],
    [
      { input_audio_transcription: { model: 'azure-speech' } },
      'invalid_value',
      'session.input_audio_transcription.model',
    ],
    [
      { interim_response: { type: 'static_interim_response' } },
      'invalid_value',
      'session.interim_response',
    ],
    [{ tools: [{ type: 'function' }] }, 'missing_required_parameter', 'session.tools[0].name'],
  ])('refuses %j', async (session, code, param) => {
    await connect();
    const { error } = await client.errorFor({ type: 'session.update', session });
    expect(error).toMatchObject({ type: 'invalid_request_error', code, param });
    expect(client.all('session.updated')).toHaveLength(1);
  });

  it('takes every kind of turn detection and of voice', async () => {
    await connect();
    for (const type of [
      'server_vad',
      'semantic_vad',
      'azure_semantic_vad',
      'azure_semantic_vad_en',
      'azure_semantic_vad_multilingual',
      'none',
    ]) {
      await update({ turn_detection: { type } });
    }
    await update({ turn_detection: null });
    for (const voice of [
      'marin',
      { type: 'openai', name: 'cedar' },
      {
        type: 'azure-standard',
        name: 'en-US-Ava:DragonHDLatestNeural',
        rate: '+20%',
        pitch: 'low',
        style: 'calm',
      },
      { type: 'azure-custom', name: 'mine', endpoint_id: '1' },
      { type: 'azure-personal', name: 'mine', model: 'DragonLatestNeural' },
    ]) {
      await update({ voice });
    }
    expect(client.all('error')).toEqual([]);
  });

  it('goes on after what is no event at all', async () => {
    await connect();
    client.sendText('{"type":');
    await client.event('error', ({ error }) => (error as { code: string }).code === 'invalid_json');
    const { error } = await client.errorFor({ type: 'session.destroy' });
    expect(error).toMatchObject({ code: 'invalid_value', param: 'type' });
    await update({ instructions: 'Be brief.' });
  });
});

describe('a spoken turn', () => {
  it('goes from speech to tool to speech', async () => {
    await connect({ tools: [getTime], input_audio_transcription: { model: 'whisper-1' } });
    await ask('What time is it in Tokyo?');
    const done = await client.event('response.function_call_arguments.done');
    expect(JSON.parse(String(done['arguments']))).toEqual({ place: 'tokyo' });
    const { transcript } = await client.event(
      'conversation.item.input_audio_transcription.completed',
    );
    expect(transcript).toMatch(/time is it in tokyo/i);
    await client.event('response.done');
    client.send({
      type: 'conversation.item.create',
      item: {
        type: 'function_call_output',
        call_id: done['call_id'],
        output: '{"say":"It is nine in Tokyo."}',
      },
    });
    client.send({ type: 'response.create', response: { metadata: { client_event_id: 'mine' } } });
    const finished = await client.event('response.done', ({ response }) => {
      return (response as { metadata?: object }).metadata !== undefined;
    });
    expect(finished['response']).toMatchObject({
      status: 'completed',
      metadata: { client_event_id: 'mine' },
      output: [{ content: [{ type: 'audio', transcript: 'It is nine in Tokyo.' }] }],
    });
    const { usage } = finished['response'] as { usage: { output_token_details: object } };
    expect(usage.output_token_details).toMatchObject({
      audio_tokens: expect.any(Number) as number,
    });
    const heard = await speech.hear(pcmSamples(client.sound('response.audio.delta')), 24_000);
    expect(heard).toMatch(/nine in tokyo/i);
    expect(client.all('rate_limits.updated')).toHaveLength(2);
    expect(service.believes().at(-1)).toMatchObject({ text: 'It is nine in Tokyo.' });
  });

  it('follows the order that the reference gives', async () => {
    await connect();
    await ask('Hello there.');
    await client.event('response.done');
    const order = client.received
      .map(({ type }) => type)
      .filter((type, at, all) => all[at - 1] !== type);
    expect(order).toEqual([
      'session.created',
      'session.updated',
      'input_audio_buffer.speech_started',
      'input_audio_buffer.speech_stopped',
      'input_audio_buffer.committed',
      'conversation.item.created',
      'response.created',
      'rate_limits.updated',
      'response.output_item.added',
      'conversation.item.created',
      'response.content_part.added',
      'response.audio_transcript.delta',
      'response.audio.delta',
      ...order.slice(13, order.indexOf('response.audio.done')),
      'response.audio.done',
      'response.audio_transcript.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.done',
    ]);
  });

  it.each([
    [
      'pcm16 at 16 kHz',
      { input_audio_sampling_rate: 16_000 },
      'pcm16_16000hz',
      16_000,
      pcmBytes,
      pcmSamples,
    ],
    [
      'pcm16 at 8 kHz',
      { input_audio_sampling_rate: 8000 },
      'pcm16_8000hz',
      8000,
      pcmBytes,
      pcmSamples,
    ],
    ['μ-law', { input_audio_format: 'g711_ulaw' }, 'g711_ulaw', 8000, encodeMuLaw, decodeMuLaw],
    ['A-law', { input_audio_format: 'g711_alaw' }, 'g711_alaw', 8000, encodeALaw, decodeALaw],
  ] as const)('hears and speaks %s', async (_, input, output, rateHz, encode, decode) => {
    await connect({
      ...input,
      output_audio_format: output,
      input_audio_transcription: { model: 'whisper-1' },
    });
    client.sendSound(encode(speech.say('What can you do for me?', rateHz)), rateHz / 5);
    await client.event('response.done');
    const { transcript } = await client.event(
      'conversation.item.input_audio_transcription.completed',
    );
    expect(transcript).toMatch(/what can you do/i);
    const said = service.believes().at(-1);
    if (said?.type !== 'message') throw new Error('Nothing was said.');
    const heard = await speech.hear(decode(client.sound('response.audio.delta')), rateHz);
    expect(wordErrorRate(said.text, heard)).toBeLessThan(0.4);
  });

  it('waits for the client where turns are by hand', async () => {
    await connect({ turn_detection: null });
    expect((await client.errorFor({ type: 'input_audio_buffer.commit' }))['error']).toMatchObject({
      code: 'input_audio_buffer_commit_empty',
    });
    await ask('Who are you?');
    client.send({ type: 'input_audio_buffer.clear' });
    await client.event('input_audio_buffer.cleared');
    await ask('What are your instructions?');
    client.send({ type: 'input_audio_buffer.commit' });
    await client.event('input_audio_buffer.committed');
    expect(client.all('response.created')).toHaveLength(0);
    client.send({ type: 'response.create' });
    await client.event('response.done');
    expect(service.believes()).toMatchObject([
      { role: 'user', text: expect.stringMatching(/instructions/i) as string },
      { role: 'assistant', text: expect.stringMatching(/instructions/i) as string },
    ]);
    expect(client.all('input_audio_buffer.speech_started')).toHaveLength(0);
    expect(client.all('conversation.item.input_audio_transcription.completed')).toHaveLength(0);
  });
});

const story = 'One sentence is here, and another one follows it, and so it goes on. '.repeat(12);

const longReply = {
  pre_generated_assistant_message: {
    type: 'message',
    role: 'assistant',
    content: [{ type: 'text', text: story }],
  },
};

async function startStory(): Promise<unknown> {
  client.send({ type: 'response.create', response: longReply });
  const { item_id } = await client.event('response.audio.delta');
  return item_id;
}

describe('being cut', () => {
  it('by speech: the reply ends, and what was not played is forgotten', async () => {
    await connect({
      turn_detection: {
        type: 'azure_semantic_vad',
        auto_truncate: true,
        appended_text_after_truncation: ' [cut]',
        create_response: false,
      },
    });
    await startStory();
    await ask('Stop it now, please.');
    const { response } = await client.event('response.done');
    expect(response).toMatchObject({
      status: 'cancelled',
      status_details: { type: 'cancelled', reason: 'turn_detected' },
    });
    await client.event('conversation.item.truncated');
    await client.event('input_audio_buffer.committed');
    const [believed] = service.believes();
    expect(believed).toMatchObject({
      role: 'assistant',
      text: expect.stringMatching(/\[cut\]$/) as string,
    });
    expect(client.all('response.created')).toHaveLength(1);
  });

  it('goes on speaking where speech shall not interrupt', async () => {
    await connect({ turn_detection: { type: 'server_vad', interrupt_response: false } });
    await startStory();
    await ask('Stop it now, please.');
    const { error } = await client.event('error');
    expect(error).toMatchObject({ code: 'conversation_already_has_active_response' });
    const { response } = await client.event('response.done');
    expect(response).toMatchObject({ status: 'completed' });
  });

  it('by the client: late sound may follow, truncation tells what was heard', async () => {
    service.fault({ type: 'late-audio', deltas: 3 });
    await connect();
    const itemId = await startStory();
    client.send({ type: 'response.cancel' });
    await client.event('response.done');
    const at = client.received.findIndex(({ type }) => type === 'response.done');
    await client.event('response.audio.delta', () => true, at);
    expect(await client.errorFor({ type: 'response.cancel' })).toMatchObject({
      error: {
        code: 'response_cancel_not_active',
        message: expect.stringContaining('no active response') as string,
      },
    });
    client.send({
      type: 'conversation.item.truncate',
      item_id: itemId,
      content_index: 0,
      audio_end_ms: 800,
    });
    await client.event('conversation.item.truncated');
    const [believed] = service.believes();
    if (believed?.type !== 'message') throw new Error('There is no message.');
    expect(believed.text).toMatch(/^One sentence/);
    expect(believed.text.length).toBeLessThan(40);
    expect(story.startsWith(believed.text)).toBe(true);
    for (const [operation, code] of [
      ['truncate', 'item_truncate_invalid_item_id'],
      ['delete', 'item_delete_invalid_item_id'],
      ['retrieve', 'item_retrieve_invalid_item_id'],
    ] as const) {
      const more = operation === 'truncate' ? { content_index: 0, audio_end_ms: 1 } : {};
      const answer = await client.errorFor({
        type: `conversation.item.${operation}`,
        item_id: 'none',
        ...more,
      });
      expect(answer['error']).toMatchObject({ code });
    }
    const tooLong = await client.errorFor({
      type: 'conversation.item.truncate',
      item_id: itemId,
      content_index: 0,
      audio_end_ms: 999_999,
    });
    expect(tooLong['error']).toMatchObject({ code: 'invalid_value', param: 'audio_end_ms' });
    client.send({ type: 'conversation.item.delete', item_id: itemId });
    await client.event('conversation.item.deleted');
    expect(service.believes()).toEqual([]);
  });
});

describe('items', () => {
  it('come in the order that the client wants, and are what the reply knows', async () => {
    await connect({ modalities: ['text'] });
    client.send(typed('And what did I ask first?'));
    const last = await client.event('conversation.item.created');
    client.send({ ...typed('How high is a house?'), previous_item_id: 'root' });
    await client.event(
      'conversation.item.created',
      ({ previous_item_id }) => previous_item_id === null,
      3,
    );
    expect((last['item'] as { role: string }).role).toBe('user');
    client.send({ type: 'response.create' });
    expect(await client.event('response.text.done')).toMatchObject({
      text: 'Your first question was: How high is a house?',
    });
    expect(client.all('response.audio.delta')).toHaveLength(0);
    const orphan = await client.errorFor({
      type: 'conversation.item.create',
      item: { type: 'function_call_output', call_id: 'none', output: '' },
    });
    expect(orphan['error']).toMatchObject({ code: 'invalid_tool_call_id' });
  });
});

describe('what goes with the sound', () => {
  it('gives times of words and shapes of the mouth when they are wanted', async () => {
    await connect({
      modalities: ['text', 'audio', 'animation'],
      animation: { outputs: ['viseme_id'] },
      output_audio_timestamp_types: ['word'],
    });
    client.send(typed('Who are you?'));
    client.send({ type: 'response.create' });
    await client.event('response.done');
    const words = client.all('response.audio_timestamp.delta');
    expect(words.map(({ text }) => text).join(' ')).toBe('This is Voice Live speaking.');
    const offsets = words.map(({ audio_offset_ms }) => Number(audio_offset_ms));
    expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
    expect(client.all('response.animation_viseme.delta').length).toBeGreaterThan(words.length);
  });

  it('fills the wait for a slow answer, and the time of a tool', async () => {
    await connect(
      {
        modalities: ['text', 'audio'],
        tools: [getTime],
        interim_response: {
          type: 'static_interim_response',
          triggers: ['latency', 'tool'],
          latency_threshold_ms: 100,
          texts: ['Let me see.'],
        },
      },
      'api-version=2026-04-10&model=gpt-4.1',
    );
    service.fault({ type: 'slow-answer', delayMs: 600 });
    client.send(typed('What time is it?'));
    client.send({ type: 'response.create' });
    const { response } = await client.event('response.done');
    const { output } = response as { output: { type: string }[] };
    expect(output.map(({ type }) => type)).toEqual(['message', 'message', 'function_call']);
  });
});

describe('faults', () => {
  it.each([401, 403, 429] as const)('refuses once with %i', async (status) => {
    service.fault({ type: 'refuse', status });
    await expect(connect()).rejects.toThrow(`HTTP ${status}`);
    await connect();
    expect(service.requests.map((request) => request.status)).toEqual([status, 101]);
  });

  it('never answers, starts late, says nothing, is throttled', async () => {
    service.fault({ type: 'time-out' });
    await expect(
      TestClient.open(address(), { headers: { 'api-key': service.apiKey }, handshakeTimeout: 300 }),
    ).rejects.toThrow(/timed out/);
    service.fault({ type: 'slow-start', delayMs: 400 });
    const startedAt = performance.now();
    await connect();
    expect(performance.now() - startedAt).toBeGreaterThan(390);
    service.fault({ type: 'throttled' });
    client.send({ type: 'response.create' });
    expect(await client.event('response.done')).toMatchObject({
      response: { status: 'failed', status_details: { error: { code: 'rate_limit_exceeded' } } },
    });
    service.fault({ type: 'silence' });
    const from = client.received.length;
    client.send({ type: 'response.create' });
    await client.event('response.created', () => true, from);
    client.send({ type: 'response.cancel' });
    expect(await client.event('response.done', () => true, from)).toMatchObject({
      response: { status: 'cancelled', output: [] },
    });
  });

  it('drops the socket in the middle of a word, and ends sessions early', async () => {
    await connect();
    service.fault({ type: 'drop', afterAudioDeltas: 2 });
    const gone = client.closed();
    await startStory();
    expect((await gone).code).toBe(1006);
    service.fault({ type: 'session-limit', afterMs: 200 });
    await connect();
    const end = client.closed();
    expect((await client.event('error'))['error']).toMatchObject({ code: 'session_expired' });
    expect((await end).code).toBe(1001);
  });

  it('cannot write down what was said', async () => {
    await connect({ input_audio_transcription: { model: 'whisper-1' } });
    service.fault({ type: 'transcription-failed' });
    await ask('Who are you?');
    const { error } = await client.event('conversation.item.input_audio_transcription.failed');
    expect(error).toMatchObject({ code: 'audio_unintelligible' });
    client.sendSound(pcmBytes(silence(100, 24_000)));
    await client.event('response.done');
  });
});

describe('tools of an MCP server', () => {
  let shop: ShopServer;

  beforeEach(async () => {
    shop = await startShop();
  });

  afterEach(async () => {
    await shop.stop();
  });

  function server(more: object = {}) {
    return {
      tools: [
        {
          type: 'mcp',
          server_label: 'shop',
          server_url: shop.url,
          authorization: `Bearer ${shop.token}`,
          ...more,
        },
      ],
    };
  }

  async function askForOrder(number: number): Promise<void> {
    client.send(typed(`What is the status of order ${number}?`));
    client.send({ type: 'response.create' });
    await client.event('response.done');
  }

  it('are asked for first, run when that is granted, and told of', async () => {
    await connect({ modalities: ['text'], ...server() });
    await client.event('mcp_list_tools.completed');
    await askForOrder(4711);
    const { item } = await client.event(
      'conversation.item.created',
      (event) => (event['item'] as { type: string }).type === 'mcp_approval_request',
    );
    expect(item).toMatchObject({ server_label: 'shop', name: 'order_status' });
    expect(shop.asked).toEqual([]);
    const answer = {
      type: 'conversation.item.create',
      item: {
        type: 'mcp_approval_response',
        approval_request_id: (item as { id: string }).id,
        approve: true,
      },
    };
    client.send(answer);
    await client.event('response.mcp_call.completed');
    expect(shop.asked).toEqual([4711]);
    expect((await client.errorFor(answer))['error']).toMatchObject({
      code: 'invalid_approval_request_id',
    });
    client.send({ type: 'response.create' });
    expect(await client.event('response.text.done')).toMatchObject({
      text: 'Order 4711 is on its way.',
    });
  });

  it('are not run when that is denied', async () => {
    await connect({ modalities: ['text'], ...server() });
    await client.event('mcp_list_tools.completed');
    await askForOrder(4711);
    const { item } = await client.event(
      'conversation.item.created',
      (event) => (event['item'] as { type: string }).type === 'mcp_approval_request',
    );
    client.send({
      type: 'conversation.item.create',
      item: {
        type: 'mcp_approval_response',
        approval_request_id: (item as { id: string }).id,
        approve: false,
      },
    });
    client.send({ type: 'response.create' });
    const { text } = await client.event('response.text.done');
    expect(text).toMatch(/not allowed to use order status/);
    expect(shop.asked).toEqual([]);
  });

  it('are run at once where no approval is wanted, and may fail', async () => {
    await connect({ modalities: ['text'], ...server({ require_approval: 'never' }) });
    await client.event('mcp_list_tools.completed');
    await askForOrder(13);
    await client.event('response.mcp_call.failed');
    client.send({ type: 'response.create' });
    expect((await client.event('response.text.done'))['text']).toMatch(/no such order/);
  });

  it('are missing where the server refuses', async () => {
    await connect(server({ authorization: 'Bearer wrong' }));
    await client.event('mcp_list_tools.failed');
    const told = client.all('session.updated').at(-1);
    expect(JSON.stringify(told)).not.toContain('wrong');
  });
});

describe('the avatar', () => {
  it('shows a face that speaks, over a connection of its own', async () => {
    await connect({
      modalities: ['text', 'audio', 'avatar'],
      avatar: { character: 'lisa', customized: false },
    });
    const peer = new RTCPeerConnection({ codecs: { audio: [usePCMU()], video: [useVP8()] } });
    const voice: Buffer[] = [];
    const pictures: Buffer[] = [];
    peer.addTransceiver('video', { direction: 'recvonly' });
    peer.addTransceiver('audio', { direction: 'recvonly' });
    peer.onTrack.subscribe((track) => {
      const kept = track.kind === 'video' ? pictures : voice;
      track.onReceiveRtp.subscribe(({ payload }) => kept.push(payload));
    });
    for (const { connection } of peer.iceTransports) delete connection.stunServer;
    await peer.setLocalDescription(await peer.createOffer());
    const offer = JSON.stringify({ type: 'offer', sdp: peer.localDescription?.sdp });
    client.send({
      type: 'session.avatar.connect',
      client_sdp: Buffer.from(offer).toString('base64'),
    });
    const { server_sdp } = await client.event('session.avatar.connecting');
    const connected = peer.connectionStateChange.watch((state) => state === 'connected');
    const answer: unknown = JSON.parse(Buffer.from(String(server_sdp), 'base64').toString('utf8'));
    await peer.setRemoteDescription(answer as { type: 'answer'; sdp: string });
    await connected;
    await expect.poll(() => pictures.length, { timeout: 5000 }).toBeGreaterThan(0);
    client.send(typed('Who are you?'));
    client.send({ type: 'response.create' });
    await client.event('session.avatar.switch_to_speaking');
    await client.event('session.avatar.switch_to_idle');
    const heard = await speech.hear(decodeMuLaw(Buffer.concat(voice)), 8000);
    expect(wordErrorRate('This is Voice Live speaking.', heard)).toBeLessThan(0.5);
    expect(new Set(pictures.map((picture) => picture.toString('base64'))).size).toBe(2);
    expect(client.all('response.audio.delta')).toHaveLength(0);
    let from = client.received.length;
    client.send({ type: 'response.create', response: longReply });
    await client.event('session.avatar.switch_to_speaking', () => true, from);
    from = client.received.length;
    client.send({ type: 'output_audio_buffer.clear' });
    await client.event('output_audio_buffer.cleared', () => true, from);
    await client.event('session.avatar.switch_to_idle', () => true, from);
    await peer.close();
  });

  it('is refused where there is none', async () => {
    await connect();
    const answer = await client.errorFor({ type: 'session.avatar.connect', client_sdp: 'e30=' });
    expect(answer['error']).toMatchObject({ type: 'invalid_request_error' });
  });
});
