import type { llm, voice } from '@livekit/agents';
import type { CutCause } from '#protocol/events.ts';

/** More than can be waiting for their turn or for their end at once. */
const mostKept = 16;

interface Speech {
  readonly handle: voice.SpeechHandle;
  readonly interrupted: AbortController;
  cause: CutCause | undefined;
}

/** The assistant's latest speeches: which one is due, and what cut the others short. */
export class Speeches {
  #latest: Speech[] = [];

  add(handle: voice.SpeechHandle): void {
    const speech: Speech = { handle, interrupted: new AbortController(), cause: undefined };
    this.#latest = [...this.#latest, speech].slice(-mostKept);
    const done = new Promise<unknown>((resolve) => {
      handle.addDoneCallback(resolve);
    });
    void handle.waitIfNotInterrupted([done]).then(() => {
      if (handle.interrupted) speech.interrupted.abort();
    });
  }

  /** Aborted when the speech that is due now is interrupted. Speeches are spoken in the order they were made. */
  get interruption(): AbortSignal {
    return this.#running[0]?.interrupted.signal ?? new AbortController().signal;
  }

  /** Those that are being said, or wait to be. */
  get underWay(): readonly voice.SpeechHandle[] {
    return this.#running.map(({ handle }) => handle);
  }

  /** Notes what is about to cut all that is being said or waits to be. Returns whether there is any of it. */
  cutBy(cause: CutCause): boolean {
    const running = this.#running;
    for (const speech of running) speech.cause = cause;
    return running.length > 0;
  }

  /**
   * How a reply that was cut came to its end: the person's own speech is the cause, unless another was named. Of a
   * sentence that was only read out (`say`), the framework reports the whole, however little of it was played.
   */
  endOf(reply: llm.ChatMessage): { readonly cause: CutCause; readonly isPartial: boolean } {
    const own = this.#latest.find(({ handle }) => handle.chatItems.includes(reply));
    const speech = own ?? this.#latest.findLast(({ handle }) => handle.interrupted);
    return { cause: speech?.cause ?? 'speech', isPartial: own !== undefined };
  }

  get #running(): Speech[] {
    return this.#latest.filter(({ handle }) => !handle.done() && !handle.interrupted);
  }
}
