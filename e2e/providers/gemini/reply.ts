import { setTimeout as sleep } from 'node:timers/promises';
import type { Mind } from '../mind/mind.ts';
import { soundPasses } from '../wire-sound.ts';
import type { Message } from './memory.ts';

/** The service's sound. */
const rateHz = 24_000;
const pieceMs = 40;
/** How far ahead of its hearing the sound is sent. What has been sent when a reply is cut counts as said. */
const aheadMs = 300;

export interface ReplyOptions {
  readonly mind: Mind;
  readonly text: string;
  /** Takes the words as they are sent. */
  readonly message: Message;
  readonly send: (content: object) => void;
}

/** One spoken reply, from its first sound to the end of its hearing. */
export class Reply {
  readonly #abort = new AbortController();
  readonly #options: ReplyOptions;
  /** Sound that was made and not sent. */
  #unsent: string[] = [];
  #sentMs = 0;

  constructor(options: ReplyOptions) {
    this.#options = options;
  }

  get sentMs(): number {
    return this.#sentMs;
  }

  cut(): void {
    this.#abort.abort();
  }

  /** Sound that was ready when the reply was cut. */
  late(pieces: number): readonly string[] {
    return this.#unsent.slice(0, pieces);
  }

  /** True when the reply was heard to its end, false when it was cut. */
  async speak(): Promise<boolean> {
    const { signal } = this.#abort;
    const { mind, text, message, send } = this.#options;
    let beganAt = 0;
    for await (const { pcm, words } of mind.speak(text, { rateHz, signal })) {
      const waiting = [...words];
      this.#unsent = piecesOf(pcm);
      while (this.#unsent.length > 0) {
        beganAt ||= performance.now();
        if (!(await pause(this.#sentMs - aheadMs - (performance.now() - beganAt), signal)))
          return false;
        this.#sentMs += pieceMs;
        soundPasses({ direction: 'sent' });
        send({ modelTurn: { role: 'model', parts: [sound(this.#unsent.shift() ?? '')] } });
        while (waiting[0] && waiting[0].startMs < this.#sentMs) {
          const word = waiting.shift()?.text ?? '';
          message.text += word;
          send({ outputTranscription: { text: word } });
        }
      }
      const rest = waiting.map((word) => word.text).join('');
      if (rest === '') continue;
      message.text += rest;
      send({ outputTranscription: { text: rest } });
    }
    if (signal.aborted) return false;
    send({ generationComplete: true });
    return pause(this.#sentMs - (performance.now() - beganAt), signal);
  }
}

export function sound(data: string): object {
  return { inlineData: { mimeType: `audio/pcm;rate=${rateHz}`, data } };
}

function piecesOf(pcm: Int16Array): string[] {
  const size = (rateHz / 1000) * pieceMs;
  const bytes = Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength);
  return Array.from({ length: Math.ceil(pcm.length / size) }, (_, index) =>
    bytes.subarray(index * size * 2, (index + 1) * size * 2).toString('base64'),
  );
}

/** False where the signal came first. */
async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    if (ms > 0) await sleep(ms, undefined, { signal });
    return !signal.aborted;
  } catch {
    return false;
  }
}
