import { joinedTurns, keptTurns, type KeptTurns } from './kept-turns.ts';
import { TurnLog } from './turn-log.ts';

/** Changes are gathered for this long, in ms: a turn is written a few times at most. */
const delayMs = 2000;

/** Where turns are kept. */
interface Archive {
  readTurns(conversationId: string): Promise<KeptTurns | undefined>;
  writeTurns(conversationId: string, turns: KeptTurns): Promise<void>;
}

export interface KeptLog {
  readonly log: TurnLog;
  readonly keeping: TurnKeeping;
}

/** A log that is kept with the conversation of this page. */
export function keptLog(): KeptLog {
  const log = new TurnLog();
  const keeping = new TurnKeeping(log, {
    archive: () => import('../history/turn-archive.ts'),
    whenLeft: (act) => {
      addEventListener('pagehide', act);
      // A hidden tab that is frozen and then discarded hears of nothing more.
      document.addEventListener('visibilitychange', () => document.hidden && act());
    },
  });
  return { log, keeping };
}

interface KeepingOptions {
  readonly archive: () => Promise<Archive>;
  /** Has it done whenever the page may be about to go. */
  readonly whenLeft: (act: () => void) => void;
}

/** Keeps the turns of the running conversation with it, beside those of its earlier calls. What cannot be kept is let go. */
export class TurnKeeping {
  readonly #log: TurnLog;
  readonly #options: KeepingOptions;
  #watching = false;
  #id: string | undefined;
  #earlier: Promise<KeptTurns | undefined> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(log: TurnLog, options: KeepingOptions) {
    this.#log = log;
    this.#options = options;
    log.subscribe(() => this.#changed());
  }

  /** The conversation that the turns belong to from now on; undefined while none is kept. */
  keepAs(id: string | undefined): void {
    if (id === this.#id) return;
    if (this.#timer !== undefined) void this.flush();
    if (!this.#watching) this.#options.whenLeft(() => void this.flush());
    this.#watching = true;
    this.#id = id;
    this.#earlier = undefined;
    this.#changed();
  }

  /** Writes at once what is not written yet. Never rejects. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const records = this.#log.records();
    const id = this.#id;
    if (id === undefined || records.turns.length === 0) return this.#writing;
    const now = keptTurns(records, this.#log.trace.between(-Infinity, Infinity));
    const before = this.#writing;
    this.#earlier ??= before.then(async () => (await this.#options.archive()).readTurns(id));
    const earlier = this.#earlier;
    this.#writing = before
      .then(async () => {
        const archive = await this.#options.archive();
        const kept = await earlier;
        await archive.writeTurns(id, kept ? joinedTurns(kept, now) : now);
      })
      // The transcript says that the browser keeps nothing; turns are the lesser part.
      .catch(() => undefined);
    return this.#writing;
  }

  #changed(): void {
    if (this.#id === undefined || this.#log.records().turns.length === 0) return;
    this.#timer ??= setTimeout(() => void this.flush(), delayMs);
  }
}
