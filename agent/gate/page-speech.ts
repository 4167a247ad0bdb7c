import { RoomEvent, type RemoteParticipant, type Room } from '@livekit/rtc-node';
import { decode } from '#protocol/codec.ts';
import { TokenBucket } from '#protocol/token-bucket.ts';
import { vadTopic } from '#protocol/topics.ts';
import { vadMessage, vadPatienceMs, type VadMessage } from '#protocol/vad.ts';

export interface PageSpeechListener {
  /** `latenessMs`: how much longer than usual the news was on its way. */
  started(latenessMs: number): void;
  /** `endedAtMs`: when the last sound of speech was taken in, on this machine's clock, as nearly as can be known. */
  stopped(endedAtMs: number): void;
  /** Whether there is a page that listens. It is deaf until it has said something. */
  present(present: boolean): void;
}

/** A page tells once a second, and twice for each piece of speech; more is no page. */
const newsAtOnce = 60;
const newsPerSecond = 20;

/** Follows what the page of one participant hears at its microphone. What anybody else sends is not heard. */
export class PageSpeech {
  readonly #listener: PageSpeechListener;
  readonly #now: () => number;
  #present = false;
  #speaking = false;
  #patience: NodeJS.Timeout | undefined;
  /** How far the page's clock is behind this one, the quickest way of a message included. */
  #behindMs = Infinity;

  constructor(listener: PageSpeechListener, now: () => number = Date.now) {
    this.#listener = listener;
    this.#now = now;
  }

  /** Returns the release. */
  follow(room: Room, identity: string): () => void {
    const news = new TokenBucket(newsAtOnce, newsPerSecond);
    const receive = (
      payload: Uint8Array,
      participant?: RemoteParticipant,
      _kind?: unknown,
      topic?: string,
    ): void => {
      if (topic !== vadTopic || participant?.identity !== identity || !news.take()) return;
      const message = decode(vadMessage, new TextDecoder().decode(payload));
      // A page of another version may say what is not known here; that harms nothing.
      if (message.ok) this.hear(message.value);
    };
    room.on(RoomEvent.DataReceived, receive);
    return () => {
      room.off(RoomEvent.DataReceived, receive);
      clearTimeout(this.#patience);
    };
  }

  hear({ event, atMs }: VadMessage): void {
    this.#stay();
    const now = this.#now();
    if (event === 'stopped') {
      this.#speaking = false;
      this.#listener.stopped(Math.min(now, atMs + this.#clockOf(now, atMs)));
      return;
    }
    const behindMs = this.#clockOf(now, atMs);
    this.#behindMs = behindMs;
    const speaking = event !== 'quiet';
    if (speaking === this.#speaking) return;
    this.#speaking = speaking;
    if (speaking) this.#listener.started(now - atMs - behindMs);
    else this.#listener.stopped(now);
  }

  #clockOf(now: number, atMs: number): number {
    return Math.min(this.#behindMs, now - atMs);
  }

  #stay(): void {
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => this.#miss(), vadPatienceMs).unref();
    if (this.#present) return;
    this.#present = true;
    this.#listener.present(true);
  }

  #miss(): void {
    this.#present = false;
    this.#speaking = false;
    this.#listener.present(false);
  }
}
