import { setTimeout as delay } from 'node:timers/promises';
import type { Mind, SpokenPiece } from '../mind/mind.ts';
import type { Output } from './output.ts';
import { Playback } from './playback.ts';
import type { Usage } from './usage.ts';

export interface ReplyOptions {
  readonly mind: Mind;
  readonly output: Output;
  readonly usage: Usage;
  readonly rateHz: number;
  /** How much sound may be sent before it is heard, in ms. */
  readonly aheadMs: number;
  /** So much of the reply has been sent, in ms. Called after each piece of sound. */
  readonly onSent: (sentMs: number) => void;
}

interface Sent {
  readonly contentId: string;
  readonly piece: SpokenPiece;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  samples: number;
}

const chunkMs = 80;
/** Letter for letter as the service writes it. */
const interruptedNotice = '{ "interrupted" : true }';

/** One reply on its way out: planned text, sound, and at last the text that was heard. */
export class Reply {
  readonly text: string;
  readonly #options: ReplyOptions;
  readonly #playback = new Playback();
  readonly #stopped = new AbortController();
  readonly #sent: Sent[] = [];
  #openAudio: string | undefined;
  #settled = 0;
  #heard: string | undefined;

  constructor(text: string, options: ReplyOptions) {
    this.text = text;
    this.#options = options;
  }

  /** Whether it was cut short. */
  get interrupted(): boolean {
    return this.#stopped.signal.aborted;
  }

  /** What has been heard of it, supposing that it is played in real time from its first sound. */
  get heard(): string {
    return this.#heard ?? this.#playback.heardBy(performance.now()).join(' ');
  }

  /** Resolves when all has been heard, or it was stopped. */
  async run(): Promise<void> {
    const { mind, output, usage, rateHz } = this.#options;
    const { signal } = this.#stopped;
    usage.text('output', this.text);
    for await (const piece of mind.speak(this.text, { rateHz, signal })) {
      if (this.#openAudio !== undefined) output.endAudio(this.#openAudio, 'PARTIAL_TURN');
      output.text('ASSISTANT', 'SPECULATIVE', piece.text.trim(), 'PARTIAL_TURN');
      await this.#sendSound(piece);
      if (this.#isStopped()) return;
    }
    if (this.#isStopped()) return;
    if (this.#openAudio !== undefined) output.endAudio(this.#openAudio, 'END_TURN');
    this.#openAudio = undefined;
    await this.#tellWhatWasSaid();
    if (this.#isStopped()) return;
    this.#heard = this.#playback.heardBy(Infinity).join(' ');
    output.usage(usage.report());
  }

  /** The person cut in. `lateMs` of sound goes out after that all the same, as it may with the service. */
  interrupt(lateMs: number): void {
    const { output, usage } = this.#options;
    const heard = this.#playback.heardBy(performance.now());
    this.#heard = heard.join(' ');
    this.#stopped.abort();
    const last = this.#sent.at(-1);
    if (!last) return;
    if (this.#openAudio !== undefined) output.endAudio(this.#openAudio, 'INTERRUPTED');
    this.#openAudio = undefined;
    output.text('ASSISTANT', 'FINAL', interruptedNotice, 'INTERRUPTED');
    if (lateMs > 0) this.#sendLate(last, lateMs);
    for (const text of heard.slice(this.#settled)) {
      output.text('ASSISTANT', 'FINAL', text, 'INTERRUPTED');
    }
    output.usage(usage.report());
  }

  /** Nobody listens any more. */
  abandon(): void {
    this.#heard = this.heard;
    this.#stopped.abort();
  }

  #isStopped(): boolean {
    return this.#stopped.signal.aborted;
  }

  async #sendSound(piece: SpokenPiece): Promise<void> {
    const { output, usage, rateHz, aheadMs, onSent } = this.#options;
    const { signal } = this.#stopped;
    const words = piece.words.map(({ text, endMs }) => ({ text, endMs: endMs - piece.startMs }));
    const lengthMs = piece.endMs - piece.startMs;
    const { startsAtMs, endsAtMs } = this.#playback.add(words, lengthMs, performance.now());
    const contentId = output.startAudio(rateHz);
    this.#openAudio = contentId;
    const sent: Sent = { contentId, piece, startsAtMs, endsAtMs, samples: 0 };
    this.#sent.push(sent);
    const chunkSamples = (chunkMs / 1000) * rateHz;
    while (sent.samples < piece.pcm.length) {
      const playsInMs = startsAtMs + (sent.samples / rateHz) * 1000 - performance.now();
      await delay(Math.max(0, playsInMs - aheadMs), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      const chunk = piece.pcm.subarray(sent.samples, sent.samples + chunkSamples);
      output.audio(contentId, chunk);
      sent.samples += chunk.length;
      usage.speech('output', (chunk.length / rateHz) * 1000);
      onSent(piece.startMs + (sent.samples / rateHz) * 1000);
    }
  }

  async #tellWhatWasSaid(): Promise<void> {
    const { signal } = this.#stopped;
    for (const [index, { piece, endsAtMs }] of this.#sent.entries()) {
      const waitMs = Math.max(0, endsAtMs - performance.now());
      await delay(waitMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      const isLast = index === this.#sent.length - 1;
      this.#settled = index + 1;
      this.#options.output.text(
        'ASSISTANT',
        'FINAL',
        piece.text.trim(),
        isLast ? 'END_TURN' : 'PARTIAL_TURN',
      );
    }
  }

  #sendLate({ contentId, piece, samples }: Sent, lateMs: number): void {
    const { output, rateHz } = this.#options;
    const wanted = Math.round((lateMs / 1000) * rateHz);
    const from = Math.max(0, Math.min(samples, piece.pcm.length - wanted));
    const chunkSamples = (chunkMs / 1000) * rateHz;
    const late = piece.pcm.subarray(from, from + wanted);
    for (let at = 0; at < late.length; at += chunkSamples) {
      output.audio(contentId, late.subarray(at, at + chunkSamples));
    }
  }
}
