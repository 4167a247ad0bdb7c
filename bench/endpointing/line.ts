import { setTimeout as delay } from 'node:timers/promises';
import { stt } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import type { EngineClient } from '../../agent/engine/client.ts';
import { toInt16 } from '../../agent/engine/wire/pcm.ts';
import type { EndpointingOptions } from '../../agent/engine/wire/messages.ts';
import { EndpointHints } from '../../agent/gate/endpoint-hints.ts';
import { PageSpeech } from '../../agent/gate/page-speech.ts';
import { CommittableSTT } from '../../agent/voice/committable-stt.ts';
import { SpeechReport } from '../../src/vad/speech-report.ts';
import { frameRateHz, frameSamples } from '../../vad/silero/frame.ts';
import type { Silero } from '../../vad/silero/silero.ts';
import { faintNoise } from '../../vad/testing/recording.ts';

const stepMs = 10;
/** As a room gives them to an agent. */
const roomFrameMs = 50;
/** What the page tells overtakes the sound. */
const newsWayMs = 10;
const longestSilenceMs = 3000;
/** A turn that has not ended so long after its last word, in ms, has failed. */
const patienceMs = 6000;
const samplesPerMs = frameRateHz / 1000;

export interface LineOptions {
  readonly client: EngineClient;
  readonly endpointing: EndpointingOptions;
  /** How long sound takes from the microphone to the agent. */
  readonly soundWayMs: number;
  /** The page's detector; undefined for a page that tells nothing. */
  readonly page: Silero | undefined;
}

export interface Ending {
  /** From the last audible sample at the microphone to the end of the turn. */
  readonly afterMs: number;
  /** How often the turn was taken to be over before it was. */
  readonly cuts: number;
  readonly heard: string;
}

/**
 * A microphone that is always open, in real time, with the agent's ears at the other end: the embedded recogniser, and what
 * the page tells of the same sound. Nothing in it is simulated but the way between the two.
 */
export class Line {
  readonly #options: LineOptions;
  readonly #ears: stt.SpeechStream;
  readonly #recogniser: CommittableSTT;
  readonly #report = new SpeechReport();
  readonly #hints: EndpointHints;
  readonly #pageSpeech: PageSpeech;
  readonly #room = faintNoise(10 * frameRateHz);
  readonly #events: { readonly type: stt.SpeechEventType; readonly text: string; atMs: number }[] =
    [];
  #said: Float32Array = new Float32Array();
  #forPage: number[] = [];
  #forAgent: number[] = [];
  #taken = 0;
  #open = true;
  readonly #running: Promise<unknown>;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#recogniser = new CommittableSTT(options);
    this.#ears = this.#recogniser.stream();
    this.#hints = new EndpointHints((forMs) => this.#recogniser.quiet(forMs), longestSilenceMs);
    this.#pageSpeech = new PageSpeech({
      started: () => this.#hints.withdraw(),
      stopped: (endedAtMs) => this.#hints.stopped(endedAtMs),
      present: () => this.#hints.withdraw(),
    });
    this.#running = Promise.all([this.#capture(), this.#follow()]);
  }

  /** Says it, and resolves when it has been taken for over. Rejects if that does not happen. */
  async say(samples: Float32Array): Promise<Ending> {
    this.#events.length = 0;
    this.#said = samples;
    while (this.#said.length > 0) await delay(stepMs);
    const saidAtMs = Date.now();
    const { END_OF_SPEECH, FINAL_TRANSCRIPT } = stt.SpeechEventType;
    const ends = (): readonly { atMs: number }[] =>
      this.#events.filter(({ type }) => type === END_OF_SPEECH);
    const last = (): { atMs: number } | undefined => ends().find(({ atMs }) => atMs >= saidAtMs);
    while (!last()) {
      if (Date.now() - saidAtMs > patienceMs) throw new Error('The turn never ended.');
      await delay(stepMs);
    }
    return {
      afterMs: (last()?.atMs ?? NaN) - saidAtMs,
      cuts: ends().length - 1,
      heard: this.#events
        .filter(({ type }) => type === FINAL_TRANSCRIPT)
        .map(({ text }) => text)
        .join(' | '),
    };
  }

  async close(): Promise<void> {
    this.#open = false;
    this.#hints.withdraw();
    this.#ears.close();
    await this.#running;
  }

  async #capture(): Promise<void> {
    const beganMs = performance.now();
    const length = stepMs * samplesPerMs;
    for (let step = 1; this.#open; step += 1) {
      await delay(Math.max(0, beganMs + step * stepMs - performance.now()));
      const at = ((step - 1) * length) % this.#room.length;
      const sound = this.#room.slice(at, at + length);
      this.#said.subarray(0, length).forEach((sample, i) => (sound[i] = (sound[i] ?? 0) + sample));
      this.#said = this.#said.subarray(length);
      this.#taken += length;
      this.#hearInPage(sound);
      this.#send(sound);
    }
  }

  #hearInPage(sound: Float32Array): void {
    const { page } = this.#options;
    if (!page) return;
    this.#forPage.push(...sound);
    while (this.#forPage.length >= frameSamples) {
      const frame = Float32Array.from(this.#forPage.splice(0, frameSamples));
      const news = this.#report.hear(page.probability(frame), Date.now());
      if (!news) continue;
      const { phase: event, atMs, probability } = news;
      setTimeout(() => this.#pageSpeech.hear({ event, atMs, probability }), newsWayMs);
    }
  }

  #send(sound: Float32Array): void {
    this.#forAgent.push(...sound);
    const length = roomFrameMs * samplesPerMs;
    if (this.#forAgent.length < length) return;
    const data = toInt16(Float32Array.from(this.#forAgent.splice(0, length)));
    const frame = new AudioFrame(data, frameRateHz, 1, length);
    setTimeout(() => {
      if (this.#open) this.#ears.pushFrame(frame);
    }, this.#options.soundWayMs);
  }

  async #follow(): Promise<void> {
    for await (const { type, alternatives } of this.#ears) {
      this.#events.push({ type, text: alternatives?.[0].text ?? '', atMs: Date.now() });
    }
  }
}
