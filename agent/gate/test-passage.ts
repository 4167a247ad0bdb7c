import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { AudioFrame } from '@livekit/rtc-node';
import { extractParameters, modelModule } from '../../vad/packing/pack.ts';
import { SpeechEdges, watchful } from '../../vad/segmenting/speech-edges.ts';
import { frameMs, frameRateHz, frameSamples } from '../../vad/silero/frame.ts';
import { pack, unpack } from '../../vad/silero/parameters.ts';
import { Silero } from '../../vad/silero/silero.ts';
import type { EngineClient } from '../engine/client.ts';
import { joined, toFloat } from '../engine/wire/pcm.ts';
import type { Gating } from './gating.ts';
import { engineLatenessMs } from './metered-ear.ts';
import { SpeechGate } from './speech-gate.ts';

/** As a room gives them to an agent, in ms. */
const roomFrameMs = 50;
const samplesPerMs = frameRateHz / 1000;
/** How long things take from the page to the agent, in ms: sound, and what is told of it. */
const soundWayMs = 80;
const newsWayMs = 10;
/** The agent's own detector runs in another process. */
const engineWayMs = 5;

/** When the gate learns that speech began or ended, in ms since the first sample was taken in. */
export interface News {
  readonly phase: 'started' | 'stopped';
  readonly atMs: number;
  /** How much longer than usual it was on its way. */
  readonly lateMs: number;
}

/** The page's detector, with the weights as a page gets them. */
export async function pageDetector(): Promise<Silero> {
  const onnx = await readFile(createRequire(import.meta.url).resolve(modelModule));
  return new Silero(unpack(pack(extractParameters(onnx)).buffer));
}

/** What the page tells. `busyMs`: how long it is too busy to tell the next thing. */
export function newsOfPage(
  audio: Int16Array,
  silero: Silero,
  busyMs: () => number = () => 0,
): readonly News[] {
  silero.reset();
  const edges = new SpeechEdges(watchful);
  const samples = toFloat(audio);
  const news: News[] = [];
  for (let end = frameSamples; end <= samples.length; end += frameSamples) {
    const phase = edges.feed(silero.probability(samples.subarray(end - frameSamples, end)));
    if (!phase) continue;
    const dueMs = end / samplesPerMs + newsWayMs;
    // News is told in order, however long the page was busy with each.
    const atMs = Math.max(dueMs + busyMs(), news.at(-1)?.atMs ?? 0);
    news.push({ phase, atMs, lateMs: atMs - dueMs });
  }
  return news;
}

/** What the engine's own detector tells, once the sound has come to the agent. */
export async function newsOfEngine(
  audio: Int16Array,
  client: EngineClient,
): Promise<readonly News[]> {
  const stream = client.listen({ words: false });
  stream.write(audio);
  stream.end();
  const news: News[] = [];
  const wayMs = soundWayMs + engineWayMs;
  for await (const event of stream) {
    if (event.type === 'speech_started') {
      news.push({ phase: 'started', atMs: event.atMs + frameMs + wayMs, lateMs: engineLatenessMs });
    }
    if (event.type === 'speech_stopped') {
      news.push({ phase: 'stopped', atMs: event.decidedAtMs + wayMs, lateMs: 0 });
    }
  }
  return news;
}

export interface Passage {
  /** Of each sample that was taken in, 1 if it was sent. */
  readonly wasSent: Uint8Array;
  /** What was sent, one piece after the other, as a service hears it. */
  readonly asSent: Int16Array;
  readonly sentMs: number;
  readonly capturedMs: number;
}

/** What a service is sent of mono PCM at 16 kHz, in simulated time. `silero` serves as the service's own detector. */
export function passageOf(
  audio: Int16Array,
  gating: Gating,
  news: readonly News[],
  silero: Silero,
): Passage {
  let nowMs = 0;
  const gate = new SpeechGate(
    () => gating,
    () => nowMs,
  );
  gate.stopped();
  const service = new Service(silero, gate);
  const waiting = [...news];
  const startOf = new Map<AudioFrame, number>();
  const wasSent = new Uint8Array(audio.length);
  const sent: Int16Array[] = [];
  const roomSamples = roomFrameMs * samplesPerMs;
  for (let start = 0; start + roomSamples <= audio.length; start += roomSamples) {
    const data = audio.slice(start, start + roomSamples);
    const frame = new AudioFrame(data, frameRateHz, 1, roomSamples);
    startOf.set(frame, start);
    nowMs = (start + roomSamples) / samplesPerMs + soundWayMs;
    for (let next = waiting[0]; next && next.atMs <= nowMs; next = waiting[0]) {
      waiting.shift();
      if (next.phase === 'started') gate.started(next.lateMs);
      else gate.stopped();
    }
    for (const passed of gate.pass(frame)) {
      sent.push(passed.data);
      const at = startOf.get(passed);
      if (at !== undefined) wasSent.fill(1, at, at + roomSamples);
      service.hear(passed);
    }
  }
  const asSent = joined(sent);
  return {
    wasSent,
    asSent,
    sentMs: asSent.length / samplesPerMs,
    capturedMs: audio.length / samplesPerMs,
  };
}

/** A service that finds turns by 500 ms of silence, and tells of them. */
class Service {
  readonly #silero: Silero;
  readonly #gate: SpeechGate;
  readonly #edges = new SpeechEdges({ beginsFrom: 0.5, lastsFrom: 0.35, hangOverMs: 500 });
  #waiting: number[] = [];

  constructor(silero: Silero, gate: SpeechGate) {
    silero.reset();
    this.#silero = silero;
    this.#gate = gate;
  }

  hear(frame: AudioFrame): void {
    this.#waiting.push(...toFloat(frame.data));
    while (this.#waiting.length >= frameSamples) {
      const samples = Float32Array.from(this.#waiting.splice(0, frameSamples));
      const phase = this.#edges.feed(this.#silero.probability(samples));
      if (phase) this.#gate.serviceHears(phase === 'started');
    }
  }
}
