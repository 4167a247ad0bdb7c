import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { humanSpeech } from '../vad/testing/recording.ts';
import { wavOf } from '../vad/testing/wav.ts';
import { report } from './report.ts';
import { buildPrograms, key, startService } from './vad-service/programs.ts';
import { Watched } from './vad-service/watched.ts';

/**
 * The service under load, in a process of its own on the machine that loads it as well: streams that send 100 ms of sound
 * every 100 ms, each at its own moment, from the piece being sent to its update; then recordings that come many at a time,
 * and whether any is lost.
 */
const streams = 100;
const secondsEach = 30;
const pieceBytes = 3200;
const pieceMs = 100;
const recordings = 1000;
const atOnce = 50;

await buildPrograms();
const service = await startService();
const { address } = service;
const headers = { authorization: `Bearer ${key}`, 'x-audio-sample-rate': '16000' };

const speech = await humanSpeech();
const wav = wavOf(speech.subarray(0, 10 * 16_000), { rateHz: 16_000 });
const pcm = Buffer.from(wavOf(speech, { rateHz: 16_000 }).subarray(44));

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

const streaming = new Watched(service.pid);
const delaysMs = (await Promise.all(Array.from({ length: streams }, (_, i) => stream(i))))
  .flat()
  .toSorted((a, b) => a - b);
const streamed = streaming.stop();
const updates = {
  streams,
  expected: (streams * secondsEach * 1000) / pieceMs,
  received: delaysMs.length,
  p50Ms: percentile(delaysMs, 0.5),
  p95Ms: percentile(delaysMs, 0.95),
  p99Ms: percentile(delaysMs, 0.99),
  mostMs: percentile(delaysMs, 1),
  cores: Math.round((streamed.cpuS / secondsEach) * 100) / 100,
  serverMb: streamed.mostMb,
};

let next = 0;
let answered = 0;
const answers = new Set<string>();
const hearing = new Watched(service.pid);
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
const heard = hearing.stop();
const detects = {
  recordings,
  atOnce,
  answered,
  differentAnswers: answers.size,
  tookS: Math.round(tookS * 10) / 10,
  soundPerSecond: Math.round((recordings * 10) / tookS),
  soundPerCoreSecond: Math.round((recordings * 10) / heard.cpuS),
  serverMb: heard.mostMb,
};
await service.stop();
await report('vad-service', { updates, detects });
