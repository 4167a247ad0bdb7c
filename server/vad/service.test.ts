import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import { z } from 'zod';
import { RecordingAnalysis } from '../../vad/finding/recording-analysis.ts';
import { openModels, type ModelSource } from '../../vad/kernel/open-models.ts';
import { kernelFiles } from '../../vad/packing/kernel-files.ts';
import { defaultSegmentSettings, type Segment } from '../../vad/segmenting/segments.ts';
import { malformedFiles } from '../../vad/testing/malformed.ts';
import { humanSpeech } from '../../vad/testing/recording.ts';
import { wavOf } from '../../vad/testing/wav.ts';
import { key, postRecording, serve } from './testing/serve.ts';
import {
  packed,
  packings,
  hummingAmr,
  systemFfmpeg,
  type Packing,
} from './testing/packed-recordings.ts';

const human = new URL('../../e2e/fixtures/human/best-of-times.flac', import.meta.url);
/** Of 16 bits each, so every sample comes back. */
const lossless: ReadonlySet<Packing> = new Set(['flac', 'alac.m4a', 'aiff', 'caf', 'wv', 'tta']);
const answer = z.object({
  voice_segments: z.array(z.object({ start: z.number(), end: z.number() })),
  original_duration: z.number(),
  voice_duration: z.number(),
  saved_percent: z.number(),
  tokens_saved: z.number(),
  processing_time_ms: z.number(),
  note: z.string().optional(),
});
const refusal = z.object({
  error: z.object({ code: z.string(), message: z.string().min(1), cure: z.string().min(1) }),
});

let app: FastifyInstance;
let url: string;
let speech: Float32Array;
let models: ModelSource;

async function serveOnce(variables: Record<string, string>): Promise<string> {
  const [served, address] = await serve(variables);
  onTestFinished(() => served.close());
  return address;
}

beforeAll(async () => {
  speech = await humanSpeech();
  const { wasm, weights } = await kernelFiles();
  models = await openModels(wasm, weights.buffer);
  [app, url] = await serve();
}, 60_000);
afterAll(() => app.close());

function detect(
  body: Uint8Array<ArrayBuffer> | ReadableStream | string,
  headers: Record<string, string> = {},
  address = url,
): Promise<Response> {
  return postRecording(address, body, headers);
}

async function refused(response: Response): Promise<[number, string]> {
  return [response.status, refusal.parse(await response.json()).error.code];
}

/** What the detector itself finds, in the seconds of the service. */
function foundByCore(bytes: Uint8Array): { start: number; end: number }[] {
  const model = models.open();
  const analysis = new RecordingAnalysis(model, { kind: 'wav' }, defaultSegmentSettings);
  analysis.feed(bytes);
  const { segments } = analysis.finish();
  model.close();
  return segments.map(inSeconds);
}

function inSeconds({ startMs, endMs }: Segment) {
  return { start: Math.round(startMs) / 1000, end: Math.round(endMs) / 1000 };
}

/** 16 bits, little-endian. */
function pcmOf(samples: Float32Array): Uint8Array<ArrayBuffer> {
  return wavOf(samples, { rateHz: 16_000 }).slice(44);
}

/** How many recordings and streams a service has in hand. */
async function openAt(address: string): Promise<number> {
  const health = await (await fetch(`http://${address}/v1/vad/health`)).json();
  return z.object({ open: z.number() }).parse(health).open;
}

describe('POST /v1/vad/detect', () => {
  it('answers the request of the service that it stands in for', async () => {
    const response = await detect(pcmOf(speech), {
      'x-audio-sample-rate': '16000',
      'x-vad-sensitivity': '0.7',
    });
    expect(response.status).toBe(200);
    const found = answer.parse(await response.json());
    expect(found.original_duration).toBeCloseTo(speech.length / 16_000, 3);
    expect(found.voice_segments.length).toBeGreaterThan(3);
    expect(found.voice_segments).toEqual(foundByCore(wavOf(speech, { rateHz: 16_000 })));
    expect(found.tokens_saved).toBe(
      Math.round((found.original_duration - found.voice_duration) * 10),
    );
  });

  it.each([8000, 24_000])('takes samples of %i Hz', async (rateHz) => {
    const body = pcmOf(speech);
    const response = await detect(body, { 'x-audio-sample-rate': String(rateHz) });
    const found = answer.parse(await response.json());
    expect(found.original_duration).toBeCloseTo(speech.length / rateHz, 2);
  });

  it('goes by the sensitivity', async () => {
    const voiceAt = async (sensitivity: string) => {
      const response = await detect(pcmOf(speech), {
        'x-audio-sample-rate': '16000',
        'x-vad-sensitivity': sensitivity,
      });
      return answer.parse(await response.json()).voice_duration;
    };
    expect(await voiceAt('0.95')).toBeGreaterThan(await voiceAt('0.2'));
  });

  it('finds the same in every kind of WAV file, in a stream of small pieces too', async () => {
    for (const recipe of [
      { rateHz: 16_000, encoding: 'pcm24', channels: 2 },
      { rateHz: 16_000, encoding: 'float32', container: 'extensible' },
      { rateHz: 16_000, encoding: 'pcm32', container: 'rf64' },
      { rateHz: 16_000, encoding: 'float64', container: 'w64' },
    ] as const) {
      const bytes = wavOf(speech, recipe);
      const wanted = foundByCore(bytes);
      let at = 0;
      const pieces = new ReadableStream({
        pull(controller) {
          if (at >= bytes.length) controller.close();
          else controller.enqueue(bytes.subarray(at, (at += 10_001)));
        },
      });
      const found = answer.parse(await (await detect(pieces)).json());
      expect(found.voice_segments).toEqual(wanted);
    }
  });

  describe.skipIf(systemFfmpeg === undefined)('with ffmpeg on PATH', () => {
    it.each(Object.keys(packings) as Packing[])('decodes .%s', async (packing) => {
      const wav = wavOf(speech, { rateHz: 16_000 });
      const found = answer.parse(await (await detect(await packed(wav, packing))).json());
      expect(found.note).toBeUndefined();
      expect(found.original_duration).toBeCloseTo(speech.length / 16_000, 0);
      const wanted = foundByCore(wav);
      const wantedS = wanted.reduce((sum, { start, end }) => sum + end - start, 0);
      if (lossless.has(packing)) expect(found.voice_segments).toEqual(wanted);
      expect(Math.abs(found.voice_duration - wantedS)).toBeLessThan(0.05 * wantedS);
    });

    it('decodes AMR', async () => {
      const found = answer.parse(await (await detect(hummingAmr(200))).json());
      expect(found).toMatchObject({ original_duration: 4, voice_segments: [] });
    });
  });

  it('without ffmpeg on PATH decodes what the packages bring, and asks for it for the rest', async () => {
    const wav = wavOf(speech, { rateHz: 16_000 });
    const bundled = new Uint8Array(await readFile(human));
    const aac = systemFfmpeg === undefined ? undefined : await packed(wav, 'm4a');
    vi.stubEnv('PATH', '');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const flac = answer.parse(await (await detect(bundled)).json());
    expect(flac.voice_segments.length).toBeGreaterThan(0);
    expect(await refused(await detect(hummingAmr(50)))).toEqual([415, 'no_decoder']);
    if (aac) expect(await refused(await detect(aac))).toEqual([415, 'no_decoder']);
  });

  it.each<[string, Record<string, string>, number, string]>([
    ['no key', { authorization: '' }, 401, 'key_missing'],
    ['an unknown key', { authorization: 'Bearer not-a-key' }, 401, 'key_unknown'],
    ['a rate that is none', { 'x-audio-sample-rate': '0' }, 400, 'bad_sample_rate'],
    ['a rate in words', { 'x-audio-sample-rate': 'fast' }, 400, 'bad_sample_rate'],
    ['a sensitivity beyond 1', { 'x-vad-sensitivity': '1.5' }, 400, 'bad_sensitivity'],
    ['a padding that is none', { 'x-vad-padding-ms': '-1' }, 400, 'bad_setting'],
    ['another type', { 'content-type': 'application/json' }, 415, 'unsupported_media_type'],
  ])('refuses %s', async (_case, headers, status, code) => {
    const response = await detect(wavOf(speech.subarray(0, 16_000), { rateHz: 16_000 }), headers);
    expect(await refused(response)).toEqual([status, code]);
  });

  it('refuses what is no sound', async () => {
    expect(await refused(await detect(new Uint8Array()))).toEqual([422, 'unreadable_audio']);
    expect(await refused(await detect('Hello, this is a letter.'))).toEqual([
      422,
      'unreadable_audio',
    ]);
    const cutFlac = Uint8Array.from([0x66, 0x4c, 0x61, 0x43, 0, 0, 0, 34, 1, 2, 3]);
    expect(await refused(await detect(cutFlac))).toEqual([422, 'unreadable_audio']);
  });

  it('refuses each of hundreds of malformed files within two seconds', async () => {
    for (const { what, bytes } of malformedFiles()) {
      const startedMs = performance.now();
      const [status] = await refused(await detect(bytes));
      expect([415, 422], what).toContain(status);
      expect(performance.now() - startedMs, what).toBeLessThan(2000);
    }
    expect((await fetch(`http://${url}/v1/vad/health`)).status).toBe(200);
  });

  it('refuses what is larger than the key allows, said or unsaid', async () => {
    const large = wavOf(new Float32Array(600_000), { rateHz: 16_000 });
    const headers = { authorization: 'Bearer small-key-1' };
    expect(await refused(await detect(large, headers))).toEqual([413, 'too_large']);
    const unsaid = new Blob([large]).stream();
    expect(await refused(await detect(unsaid, headers))).toEqual([413, 'too_large']);
  });

  it('asks a key that comes too often to wait, and no other', async () => {
    const address = await serveOnce({ PARLEY_VAD_RATE: '2' });
    const body = wavOf(speech.subarray(0, 16_000), { rateHz: 16_000 });
    expect((await detect(body, {}, address)).status).toBe(200);
    expect((await detect(body, {}, address)).status).toBe(200);
    const third = await detect(body, {}, address);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused(third)).toEqual([429, 'rate_limited']);
    const other = { authorization: 'Bearer small-key-1' };
    expect((await detect(body, other, address)).status).toBe(200);
  });

  it('asks to come again when it has too much in hand', async () => {
    const address = await serveOnce({ PARLEY_VAD_OPEN: '1' });
    const socket = await connected(address);
    socket.send(pcmOf(speech.subarray(0, 1600)));
    await once(socket, 'message');
    const response = await detect(pcmOf(speech), { 'x-audio-sample-rate': '16000' }, address);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await refused(response)).toEqual([503, 'busy']);
    socket.terminate();
  });

  it('tells a sender who stops in the middle that it has waited long enough', async () => {
    const [served, address] = await serve({}, { stalledMs: 300 });
    onTestFinished(() => served.close());
    const half = wavOf(speech, { rateHz: 16_000 }).slice(0, 50_000);
    for (const begun of [half, new Uint8Array(await readFile(human)).slice(0, 20_000)]) {
      const stalling = new ReadableStream({ start: (controller) => controller.enqueue(begun) });
      expect(await refused(await detect(stalling, {}, address))).toEqual([408, 'upload_stalled']);
    }
    await expect.poll(() => openAt(address)).toBe(0);
  });

  it('lets go of a recording whose sender has gone', async () => {
    const { hostname, port } = new URL(`http://${url}`);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /v1/vad/detect HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${key}\r\nContent-Length: 100000\r\n\r\n`,
    );
    socket.write(wavOf(speech, { rateHz: 16_000 }).subarray(0, 50_000));
    await expect.poll(() => openAt(url)).toBe(1);
    socket.destroy();
    await expect.poll(() => openAt(url)).toBe(0);
  });
});

async function connected(
  address = url,
  headers: Record<string, string> = {},
  options: ClientOptions = {},
) {
  const socket = new WebSocket(`ws://${address}/v1/vad/stream`, {
    ...options,
    headers: { authorization: `Bearer ${key}`, 'x-audio-sample-rate': '16000', ...headers },
  });
  await once(socket, 'open');
  return socket;
}

/** The status of a refused upgrade. */
async function refusedUpgrade(headers: Record<string, string>): Promise<number | undefined> {
  const socket = new WebSocket(`ws://${url}/v1/vad/stream`, { headers });
  socket.on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [
    unknown,
    { statusCode?: number },
  ];
  socket.terminate();
  return response.statusCode;
}

const message = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('vad_update'),
    is_speaking: z.boolean(),
    timestamp: z.number(),
    probability: z.number(),
  }),
  z.object({
    type: z.literal('vad_result'),
    voice_segments: z.array(z.object({ start: z.number(), end: z.number() })),
    original_duration: z.number(),
  }),
  z.object({ type: z.literal('error'), error: refusal.shape.error }),
]);

describe('WS /v1/vad/stream', () => {
  it('answers each piece of 100 ms, and at the end finds what the detector finds', async () => {
    const socket = await connected();
    const heard: z.infer<typeof message>[] = [];
    socket.on('message', (data: Buffer) => heard.push(message.parse(JSON.parse(data.toString()))));
    const pcm = pcmOf(speech);
    for (let at = 0; at < pcm.length; at += 3200) socket.send(pcm.subarray(at, at + 3200));
    socket.send('{"type":"end"}');
    await once(socket, 'close');
    const updates = heard.filter((one) => one.type === 'vad_update');
    expect(updates).toHaveLength(Math.ceil(pcm.length / 3200));
    expect(updates[9]?.timestamp).toBe(1);
    expect(new Set(updates.map((update) => update.is_speaking))).toEqual(new Set([true, false]));
    expect(heard.at(-1)).toMatchObject({
      type: 'vad_result',
      voice_segments: foundByCore(wavOf(speech, { rateHz: 16_000 })),
    });
  });

  it('refuses before it opens: no key, a wrong rate', async () => {
    expect(await refusedUpgrade({})).toBe(401);
    expect(
      await refusedUpgrade({ authorization: `Bearer ${key}`, 'x-audio-sample-rate': 'x' }),
    ).toBe(400);
  });

  it('says what is wrong with a message that it does not know', async () => {
    const socket = await connected();
    socket.send('hello');
    const [data] = (await once(socket, 'message')) as [Buffer];
    expect(message.parse(JSON.parse(data.toString()))).toMatchObject({
      type: 'error',
      error: { code: 'bad_message' },
    });
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1003);
  });

  it('lets go of a client that has gone, and drops one that does not answer', async () => {
    const [served, address] = await serve({}, { pingEveryMs: 50 });
    onTestFinished(() => served.close());
    const gone = await connected(address);
    gone.send(pcmOf(speech.subarray(0, 1600)));
    await once(gone, 'message');
    gone.terminate();
    await expect.poll(() => openAt(address)).toBe(0);
    const silent = await connected(address, {}, { autoPong: false });
    const [code] = (await once(silent, 'close')) as [number];
    expect(code).toBe(1008);
    await expect.poll(() => openAt(address)).toBe(0);
  });

  it('gives up a client that does not read its updates, and tells it so when it reads again', async () => {
    const socket = await connected();
    socket.pause();
    const smallest = pcmOf(speech.subarray(0, 1));
    await expect.poll(() => openAt(url)).toBe(1);
    // Each is answered by many times as much, until no buffer on the way takes any more.
    do {
      for (let i = 0; i < 2000; i += 1) socket.send(smallest);
      await new Promise<void>((resolve) => socket.send(smallest, () => resolve()));
    } while ((await openAt(url)) > 0);
    let last: z.infer<typeof message> | undefined;
    socket.on('message', (data: Buffer) => (last = message.parse(JSON.parse(data.toString()))));
    socket.resume();
    const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
    expect([code, reason.toString()]).toEqual([1008, 'too_slow']);
    expect(last).toMatchObject({ type: 'error', error: { code: 'too_slow' } });
  }, 30_000);

  it('hears all of what comes faster than it can be heard', async () => {
    const socket = await connected();
    let updates = 0;
    socket.on('message', () => (updates += 1));
    const piece = pcmOf(speech.subarray(0, 160_000));
    for (let i = 0; i < 20; i += 1) socket.send(piece);
    socket.send('{"type":"end"}');
    await once(socket, 'close');
    expect(updates).toBe(21);
  });
});

it('says how it is', async () => {
  const response = await fetch(`http://${url}/v1/vad/health`);
  expect(await response.json()).toMatchObject({ status: 'ok', compute: 'wasm-simd', threads: 2 });
});

it('without keys answers to its own machine', async () => {
  const address = await serveOnce({ PARLEY_VAD_KEYS: '' });
  const body = wavOf(speech.subarray(0, 16_000), { rateHz: 16_000 });
  expect((await detect(body, { authorization: 'Bearer whatever' }, address)).status).toBe(200);
  expect(await refused(await detect(body, { authorization: '' }, address))).toEqual([
    401,
    'key_missing',
  ]);
});

it('stopped in the middle leaves nobody waiting', async () => {
  const [served, address] = await serve();
  const socket = await connected(address);
  const closed = once(socket, 'close');
  const { hostname, port } = new URL(`http://${address}`);
  const upload = connect(Number(port), hostname);
  const ended = once(upload, 'close');
  upload.on('error', () => undefined).resume();
  upload.write(
    `POST /v1/vad/detect HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${key}\r\nContent-Length: 10000000\r\n\r\n`,
  );
  upload.write(wavOf(speech, { rateHz: 16_000 }).subarray(0, 50_000));
  await expect.poll(() => openAt(address)).toBe(2);
  await served.close();
  await Promise.all([closed, ended]);
});
