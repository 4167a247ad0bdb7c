/** How a cut reply divides. */
export interface CutReply {
  readonly heard: string;
  readonly unheard: string;
}

/** Replies that are kept for comparison; more than can wait in the speech queue at once. */
const maxPending = 16;

/**
 * Holds what the assistant meant to say against what was heard of it. The framework reports, for a cut reply, only
 * the words that were played; the words after them are known from the text that went into speech.
 */
export class ReplyLog {
  #pending: { text: string }[] = [];
  #last = '';

  /** What is being said, waits to be said, or was said last; parts of it may never be. */
  get latest(): string {
    return [this.#last, ...this.#pending.map(({ text }) => text)].join(' ');
  }

  /** Follows one reply as its text arrives. Returns the stream unchanged. */
  follow<T extends string | { readonly text: string }>(text: ReadableStream<T>): ReadableStream<T> {
    const reply = { text: '' };
    this.#pending = [...this.#pending, reply].slice(-maxPending);
    return text.pipeThrough(
      new TransformStream<T, T>({
        transform(chunk, controller) {
          reply.text += typeof chunk === 'string' ? chunk : chunk.text;
          controller.enqueue(chunk);
        },
      }),
    );
  }

  /** The reply that begins with these words was heard to its end. */
  finish(heard: string): void {
    this.#take(heard);
  }

  /** The reply that begins with these words was cut after them; '' if not a word of it was heard. */
  cut(heard: string): CutReply {
    const reply = this.#take(heard);
    const spoken = heard.trim();
    if (!reply) return { heard: spoken, unheard: '' };
    const whole = reply.text.trim();
    return { heard: spoken, unheard: whole.slice(spoken.length).trim() };
  }

  #take(heard: string): { text: string } | undefined {
    const spoken = heard.trim();
    const index =
      spoken === ''
        ? this.#pending.length - 1
        : this.#pending.findIndex((reply) => reply.text.trim().startsWith(spoken));
    const reply = this.#pending[index];
    this.#last = reply?.text ?? spoken;
    // Replies are spoken in order, so whatever was pending before this one is over as well.
    this.#pending = this.#pending.slice(index + 1);
    return reply;
  }
}
