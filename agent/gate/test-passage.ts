import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { AudioFrame } from '@livekit/rtc-node';
import { extractParameters, modelModule } from '../../vad/packing/pack.ts';
import { SpeechEdges, watchful } from '../../vad/segmenting/speech-edges.ts';
import { frameRateHz, frameSamples } from '../../vad/silero/frame.ts';
import { pack, unpack } from '../../vad/silero/parameters.ts';
import { Silero } from '../../vad/silero/silero.ts';
import type { Detector } from '../engine/listening/detector.ts';
import { SpeechListener } from '../engine/listening/speech-listener.ts';
import { joined, toFloat } from '../engine/wire/pcm.ts';
import type { Gating } from './gating.ts';
import { SpeechGate } from './speech-gate.ts';

/** As a room gives them to an agent, in ms. */
const roomFrameMs = 50;
const samplesPerMs = frameRateHz / 1000;

export interface PassageOptions {
  /** Mono PCM at 16 kHz, as the microphone takes it in. */
  readonly audio: Int16Array;
  readonly gating: Gating;
  /** Who tells speech from silence: the page before the audio has come, or the engine when it has. */
  readonly ears:
    { readonly kind: 'page' } | { readonly kind: 'engine'; readonly detector: Detector };
  /** How long audio takes from microphone to agent, in ms, and how long news of the page takes. */
  readonly audioWayMs?: number;
  readonly newsWayMs?: number;
}

export interface Passage {
  /** What was sent, in its place in time; what was not sent is zero there. */
  readonly inPlace: Int16Array;
  /** What was sent, one piece after the other, as a service hears it. */
  readonly asSent: Int16Array;
  readonly sentMs: number;
  readonly capturedMs: number;
}

/** The page's detector, with the weights as a page gets them. */
export async function pageDetector(): Promise<Silero> {
  const onnx = await readFile(createRequire(import.meta.url).resolve(modelModule));
  return new Silero(unpack(pack(extractParameters(onnx)).buffer));
}

/** What a service is sent of a recording, in simulated time. */
export function passageOf(
  { audio, gating, ears, audioWayMs = 80, newsWayMs = 10 }: PassageOptions,
  silero: Silero,
): Passage {
  let nowMs = 0;
  const gate = new SpeechGate(
    () => gating,
    () => nowMs,
  );
  gate.stopped();
  const news = ears.kind === 'page' ? newsOf(audio, silero, newsWayMs) : [];
  const engine =
    ears.kind === 'engine' &&
    new SpeechListener({
      detector: ears.detector,
      onEvent: ({ type }) => {
        if (type === 'speech_started') gate.started();
        if (type === 'speech_stopped') gate.stopped();
      },
    });
  const service = new Service(silero, gate);
  const startOf = new Map<AudioFrame, number>();
  const inPlace = new Int16Array(audio.length);
  const sent: Int16Array[] = [];
  const roomSamples = roomFrameMs * samplesPerMs;
  for (let start = 0; start + roomSamples <= audio.length; start += roomSamples) {
    const data = audio.slice(start, start + roomSamples);
    const frame = new AudioFrame(data, frameRateHz, 1, roomSamples);
    startOf.set(frame, start);
    nowMs = (start + roomSamples) / samplesPerMs + audioWayMs;
    for (let next = news[0]; next && next.atMs <= nowMs; next = news[0]) {
      news.shift();
      if (next.phase === 'started') gate.started();
      else gate.stopped();
    }
    for (const passed of gate.pass(frame)) {
      sent.push(passed.data);
      const at = startOf.get(passed);
      if (at !== undefined) inPlace.set(passed.data, at);
      service.hear(passed);
    }
    // The engine's word comes when the frame has gone on its way already.
    if (engine) engine.write(toFloat(data));
  }
  if (engine) engine.close();
  const asSent = joined(sent);
  return {
    inPlace,
    asSent,
    sentMs: asSent.length / samplesPerMs,
    capturedMs: audio.length / samplesPerMs,
  };
}

interface News {
  readonly phase: 'started' | 'stopped';
  readonly atMs: number;
}

function newsOf(audio: Int16Array, silero: Silero, wayMs: number): News[] {
  silero.reset();
  const edges = new SpeechEdges(watchful);
  const samples = toFloat(audio);
  const news: News[] = [];
  for (let end = frameSamples; end <= samples.length; end += frameSamples) {
    const phase = edges.feed(silero.probability(samples.subarray(end - frameSamples, end)));
    if (phase) news.push({ phase, atMs: end / samplesPerMs + wayMs });
  }
  return news;
}

/** A service that finds turns by silence and tells of them, after 500 ms. */
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
