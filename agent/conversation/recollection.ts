import { llm } from '@livekit/agents';
import type { Past, RecallRequest } from '#protocol/recall.ts';
import { redoNoting } from '../skills/memory.ts';
import type { Notes } from '../skills/notes.ts';

/** How long the first words wait for a page that has an old conversation to tell of, in ms. */
const patienceMs = 6000;

interface RecollectionOptions {
  /** The room itself remembers this person, so the page has nothing to add. */
  readonly knowsAlready: boolean;
  /** The page has said that it will tell of an old conversation. */
  readonly announced: boolean;
  /** The page was waited for long enough. */
  readonly onGivenUp: () => void;
}

/**
 * `awaited`: the page may still tell of an old conversation; `taken`: it has, and whatever answers is being told;
 * `known`: the assistant remembers.
 */
type State = 'fresh' | 'awaited' | 'taken' | 'known';

/** What the page tells of an old conversation with which a person goes on. It is taken once. */
export class Recollection {
  #state: State;
  readonly #timer: ReturnType<typeof setTimeout> | undefined;

  constructor({ knowsAlready, announced, onGivenUp }: RecollectionOptions) {
    if (knowsAlready) this.#state = 'known';
    else this.#state = announced ? 'awaited' : 'fresh';
    if (this.#state !== 'awaited') return;
    this.#timer = setTimeout(() => {
      this.#state = 'fresh';
      onGivenUp();
    }, patienceMs);
  }

  get state(): State {
    return this.#state;
  }

  /**
   * Puts what the page tells in front of all that has been said here, and into the notes what had been noted. False if
   * there is nothing to add.
   */
  take({ past }: RecallRequest, history: llm.ChatContext, notes: Notes): boolean {
    if (this.#state === 'taken' || this.#state === 'known') return false;
    this.close();
    this.#state = 'taken';
    const firstAtMs = Math.min(Date.now(), history.items[0]?.createdAt ?? Infinity);
    history.insert(messagesBefore(firstAtMs, past));
    for (const item of past) if (item.kind === 'called') redoNoting(notes, item, firstAtMs);
    return true;
  }

  /** Whatever answers has been told. */
  done(): void {
    this.#state = 'known';
  }

  /** Waits no longer. */
  close(): void {
    clearTimeout(this.#timer);
  }
}

/** The page's clock is not the agent's: only the order counts, and that all of it came before. */
function messagesBefore(firstAtMs: number, past: readonly Past[]): llm.ChatMessage[] {
  return past.flatMap((item, place) =>
    item.kind === 'said'
      ? llm.ChatMessage.create({
          role: item.by,
          content: item.text,
          interrupted: item.cut,
          createdAt: firstAtMs - past.length + place,
        })
      : [],
  );
}
