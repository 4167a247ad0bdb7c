import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { readEnvironment } from '../server/environment.ts';
import { createApp } from '../server/http/app.ts';
import { readVadSettings } from '../server/vad/settings.ts';
import { humanSpeech } from '../vad/testing/recording.ts';
import { wavOf } from '../vad/testing/wav.ts';
import { report } from './report.ts';

/**
 * The service under load, on the machine that loads it as well: streams that send 100 ms of sound every 100 ms, each at
 * its own moment, from the piece being sent to its update; then recordings that come all at once, and whether any is lost.
 */
const streams = 100;
const secondsEach = 30;
const pieceBytes = 3200;
const pieceMs = 100;
const recordings = 1000;
const atOnce = 50;
const key = 'a-key-for-measuring';

const app = await createApp({
  environment: readEnvironment({ PARLEY_LIVEKIT_PORT: '1' }),
  pageFolder: tmpdir(),
  vad: readVadSettings({ PARLEY_VAD_KEYS: key, PARLEY_VAD_RATE: '1000000' }),
});
await app.listen({ host: '127.0.0.1', port: 0 });
const address = `127.0.0.1:${(app.server.address() as AddressInfo).port}`;
const headers = { authorization: `Bearer ${key}`, 'x-audio-sample-rate': '16000' };

const speech = await humanSpeech();
const wav = wavOf(speech.subarray(0, 10 * 16_000), { rateHz: 16_000 });
const pcm = Buffer.from(wavOf(speech, { rateHz: 16_000 }).subarray(44));

while ((await fetch(`http://${address}/v1/vad/health`)).status !== 200) await sleep(100);

/** One stream for its whole time; gives the delays of its pieces, in ms. */
async function stream(index: number): Promise<number[]> {
  await sleep((index * pieceMs) / streams);
  const socket = new WebSocket(`ws://${address}/v1/vad/stream`, { headers });
  await once(socket, 'open');
  const sentMs: number[] = [];
  const delaysMs: number[] = [];
  socket.on('message', () => {
    const atMs = sentMs[delaysMs.length];
    if (atMs !== undefined) delaysMs.push(performance.now() - atMs);
  });
  const pieces = (secondsEach * 1000) / pieceMs;
  const startedMs = performance.now();
  for (let i = 0; i < pieces; i += 1) {
    const at = ((index + i) * pieceBytes) % (pcm.length - pieceBytes);
    sentMs.push(performance.now());
    socket.send(pcm.subarray(at, at + pieceBytes));
    await sleep(Math.max(0, startedMs + (i + 1) * pieceMs - performance.now()));
  }
  while (delaysMs.length < pieces) await once(socket, 'message');
  socket.close();
  return delaysMs;
}

function percentile(sorted: readonly number[], share: number): number {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return Math.round((value ?? Number.NaN) * 10) / 10;
}

const cpuBefore = process.cpuUsage();
const delaysMs = (await Promise.all(Array.from({ length: streams }, (_, i) => stream(i))))
  .flat()
  .toSorted((a, b) => a - b);
const cpu = process.cpuUsage(cpuBefore);
const updates = {
  streams,
  expected: (streams * secondsEach * 1000) / pieceMs,
  received: delaysMs.length,
  p50Ms: percentile(delaysMs, 0.5),
  p95Ms: percentile(delaysMs, 0.95),
  p99Ms: percentile(delaysMs, 0.99),
  mostMs: percentile(delaysMs, 1),
  cores: Math.round(((cpu.user + cpu.system) / 1e6 / secondsEach) * 100) / 100,
};

let next = 0;
let answered = 0;
const answers = new Set<string>();
const startedMs = performance.now();
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    while (next < recordings) {
      next += 1;
      const response = await fetch(`http://${address}/v1/vad/detect`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/octet-stream' },
        body: wav,
      });
      const { voice_segments } = (await response.json()) as { voice_segments?: unknown };
      if (response.status === 200) answered += 1;
      answers.add(JSON.stringify(voice_segments));
    }
  }),
);
const tookS = (performance.now() - startedMs) / 1000;
const detects = {
  recordings,
  atOnce,
  answered,
  differentAnswers: answers.size,
  tookS: Math.round(tookS * 10) / 10,
  soundPerSecond: Math.round((recordings * 10) / tookS),
};
/** Two hours in one request, sent as fast as they are taken: what memory they cost above the idle service. */
const longS = 7200;
const rssMb = () => process.memoryUsage().rss / 1e6;
const idleMb = rssMb();
let mostMb = idleMb;
const watch = setInterval(() => (mostMb = Math.max(mostMb, rssMb())), 20);
let sentBytes = 0;
const long = new ReadableStream<Uint8Array>({
  pull(controller) {
    if (sentBytes >= longS * 32_000) {
      controller.close();
      return;
    }
    const at = sentBytes % (pcm.length - 32_000);
    controller.enqueue(Uint8Array.from(pcm.subarray(at, at + 32_000)));
    sentBytes += 32_000;
  },
});
const longStartedMs = performance.now();
const longResponse = await fetch(`http://${address}/v1/vad/detect`, {
  method: 'POST',
  headers: { ...headers, 'content-type': 'application/octet-stream' },
  body: long,
  ...({ duplex: 'half' } as object),
});
const { original_duration } = (await longResponse.json()) as { original_duration?: number };
clearInterval(watch);
const twoHours = {
  status: longResponse.status,
  heardS: original_duration,
  tookS: Math.round((performance.now() - longStartedMs) / 100) / 10,
  idleMb: Math.round(idleMb),
  aboveIdleMb: Math.round(mostMb - idleMb),
};
await app.close();
await report('vad-service', { updates, detects, twoHours });
