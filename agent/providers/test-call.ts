import { type llm, voice } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { vi } from 'vitest';
import type { Mind } from '../../e2e/providers/mind/mind.ts';
import { atRate } from '../../e2e/providers/mind/rate.ts';
import { joined } from '../engine/wire/pcm.ts';
import type { ProviderObserver } from './provider.ts';

/** Of the sound that a room gives to a session. */
const rateHz = 24_000;
const frameMs = 20;
const frameLength = (rateHz / 1000) * frameMs;

/** A microphone that is always open: silence, and speech in its real time. */
class Microphone extends voice.AudioInput {
  readonly #queue: Int16Array[] = [];
  readonly #timer: NodeJS.Timeout;
  #sent = 0;

  constructor() {
    super();
    const beganAt = performance.now();
    let controller: ReadableStreamDefaultController<AudioFrame> | undefined;
    this.multiStream.addInputStream(
      new ReadableStream<AudioFrame>({ start: (made) => void (controller = made) }),
    );
    this.#timer = setInterval(() => {
      while (this.#sent * frameMs < performance.now() - beganAt) {
        this.#sent += 1;
        const data = this.#queue.shift() ?? new Int16Array(frameLength);
        controller?.enqueue(new AudioFrame(data, rateHz, 1, frameLength));
      }
    }, frameMs);
  }

  play(pcm: Int16Array): void {
    for (let at = 0; at < pcm.length; at += frameLength) {
      const data = new Int16Array(frameLength);
      data.set(pcm.subarray(at, at + frameLength));
      this.#queue.push(data);
    }
  }

  /** Whether all that was to be said has been said. */
  get idle(): boolean {
    return this.#queue.length === 0;
  }

  override async close(): Promise<void> {
    clearInterval(this.#timer);
    await super.close();
  }
}

/** A loudspeaker without sound that takes as long as a real one. */
class Loudspeaker extends voice.AudioOutput {
  #startedAt = 0;
  #queuedMs = 0;
  #end: NodeJS.Timeout | undefined;
  /** Sound that was played in all, in ms. */
  playedMs = 0;
  /** How far each reply that was cut had come, in ms. */
  readonly cutsMs: number[] = [];

  constructor() {
    super(rateHz);
  }

  /** How far the reply that is being played has come, in ms. */
  get positionMs(): number {
    return Math.min(this.#queuedMs, performance.now() - this.#startedAt);
  }

  override async captureFrame(frame: AudioFrame): Promise<void> {
    await super.captureFrame(frame);
    if (this.#queuedMs === 0) {
      this.#startedAt = performance.now();
      this.onPlaybackStarted(Date.now());
    }
    this.#queuedMs += (frame.samplesPerChannel / frame.sampleRate) * 1000;
  }

  override flush(): void {
    super.flush();
    if (this.#queuedMs === 0) return;
    const leftMs = this.#startedAt + this.#queuedMs - performance.now();
    clearTimeout(this.#end);
    this.#end = setTimeout(() => this.#finish(this.#queuedMs, false), Math.max(0, leftMs));
  }

  override clearBuffer(): void {
    if (this.#queuedMs === 0) return;
    this.cutsMs.push(this.positionMs);
    this.#finish(this.positionMs, true);
  }

  #finish(positionMs: number, interrupted: boolean): void {
    clearTimeout(this.#end);
    this.#queuedMs = 0;
    this.playedMs += positionMs;
    this.onPlaybackFinished({ playbackPosition: positionMs / 1000, interrupted });
  }
}

/** All that a provider told of itself. */
export class Told implements ProviderObserver {
  readonly connections: string[] = [];
  readonly problems: { code: string; detail: string }[] = [];

  connection(state: string): void {
    this.connections.push(state);
  }
  problem(code: string, detail: string): void {
    this.problems.push({ code, detail });
  }
  viseme(): void {
    return;
  }
  approve(): Promise<boolean> {
    return Promise.resolve(false);
  }
  toolStarted(): void {
    return;
  }
  toolFinished(): void {
    return;
  }
}

export interface TestCallOptions {
  readonly model: llm.RealtimeModel;
  /** Whose voice the person has. */
  readonly mind: Mind;
  readonly instructions?: string;
  readonly tools?: llm.ToolContextLike;
  readonly chatCtx?: llm.ChatContext;
  readonly byHand?: boolean;
}

/** A conversation in real time and with real speech between a person and a provider, without a room. */
export class TestCall {
  readonly session: voice.AgentSession;
  readonly loudspeaker = new Loudspeaker();
  /** What the provider wrote down of the person, when it was final. */
  readonly heard: string[] = [];
  readonly closed: string[] = [];
  readonly errors: unknown[] = [];
  readonly #microphone = new Microphone();
  readonly #mind: Mind;

  private constructor(options: TestCallOptions) {
    this.#mind = options.mind;
    this.session = new voice.AgentSession({
      llm: options.model,
      vad: null,
      aecWarmupDuration: null,
      turnHandling: options.byHand
        ? { turnDetection: 'manual', endpointing: { minDelay: 0, maxDelay: 0 } }
        : { turnDetection: null },
    });
    this.session.input.audio = this.#microphone;
    this.session.output.audio = this.loudspeaker;
    const { AgentSessionEventTypes: types } = voice;
    this.session.on(types.UserInputTranscribed, ({ transcript, isFinal }) => {
      if (isFinal) this.heard.push(transcript);
    });
    this.session.on(types.Error, ({ error }) => this.errors.push(error));
    this.session.on(types.Close, ({ reason }) => this.closed.push(reason));
  }

  static async start(options: TestCallOptions): Promise<TestCall> {
    const call = new TestCall(options);
    if (options.byHand) call.session.input.setAudioEnabled(false);
    await call.session.start({
      agent: new voice.Agent({
        instructions: options.instructions ?? 'Answer briefly.',
        ...(options.tools && { tools: options.tools }),
        ...(options.chatCtx && { chatCtx: options.chatCtx }),
      }),
      record: false,
    });
    return call;
  }

  /** Speaks; resolves when the last word has gone into the microphone. */
  async say(text: string): Promise<void> {
    this.#microphone.play(await spoken(this.#mind, text));
    await vi.waitUntil(() => this.#microphone.idle, { timeout: 30_000, interval: frameMs });
  }

  /** What the assistant said, as it stands in the history: of a cut reply what was heard. */
  get replies(): { text: string; interrupted: boolean }[] {
    return this.session.history.items.flatMap((item) =>
      item.type === 'message' && item.role === 'assistant'
        ? [{ text: item.textContent ?? '', interrupted: item.interrupted }]
        : [],
    );
  }

  /** Resolves with the reply that has this in it, once it is in the history. */
  async reply(pattern: RegExp, timeoutMs = 30_000): Promise<string> {
    const found = () => this.replies.find(({ text }) => pattern.test(text))?.text;
    return vi.waitFor(
      () => {
        const text = found();
        if (text === undefined)
          throw new Error(`No reply has ${pattern} in it: ${JSON.stringify(this.replies)}`);
        return text;
      },
      { timeout: timeoutMs },
    );
  }

  async end(): Promise<void> {
    await this.session.close();
    await this.#microphone.close();
  }
}

const takes = new Map<string, Promise<Int16Array>>();

/** The voice says nothing twice in the same way: a take that can be understood, kept for the next time. */
function spoken(mind: Mind, text: string): Promise<Int16Array> {
  const kept = takes.get(text) ?? clearTake(mind, text);
  takes.set(text, kept);
  return kept;
}

async function clearTake(mind: Mind, text: string): Promise<Int16Array> {
  let take: Int16Array = new Int16Array();
  for (let count = 0; count < 6; count += 1) {
    const pieces: Int16Array[] = [];
    for await (const { pcm } of mind.speak(text, { rateHz })) pieces.push(pcm);
    take = joined(pieces);
    const readings = await Promise.all(leadsMs.map((leadMs) => heardAs(mind, take, leadMs)));
    if (readings.every((reading) => plain(reading) === plain(text))) break;
  }
  return take;
}

/** Where a word falls in the recogniser's frames changes what it reads. */
const leadsMs = [500, 507, 514];

function heardAs(mind: Mind, take: Int16Array, leadMs: number): Promise<string> {
  return new Promise((resolve) => {
    const ears = mind.listen({
      turns: { kind: 'manual' },
      onEvent: (event) => {
        if (event.type !== 'final') return;
        ears.close();
        resolve(event.text);
      },
    });
    ears.hear(new Int16Array(leadMs * 16));
    ears.hear(atRate(take, { fromHz: rateHz, toHz: 16_000 }));
    ears.hear(new Int16Array(8000));
    ears.commit();
  });
}

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9 ]/g, '');
