import type { TranscriptRow } from './model.ts';

/** Changes are gathered for this long, in ms, before they are written. */
const delayMs = 400;

/**
 * Keeps a conversation in the browser's own database while it goes on. Only rows that changed are written. A browser
 * that refuses (private window, full disk) costs nothing but the keeping; `failed` is told the reason.
 */
export class TranscriptStorage {
  readonly #id: string;
  readonly #startedAtMs: number;
  #engine: string | undefined;
  readonly #failed: (reason: string) => void;
  #kept: readonly TranscriptRow[];
  #wanted: readonly TranscriptRow[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #broken = false;

  /** Begins a conversation, or goes on with one whose rows are kept already. */
  constructor(
    id: string,
    startedAtMs: number,
    failed: (reason: string) => void,
    kept: readonly TranscriptRow[] = [],
  ) {
    this.#id = id;
    this.#startedAtMs = startedAtMs;
    this.#failed = failed;
    this.#kept = kept;
    this.#wanted = kept;
  }

  /** Takes the rows as they are now; they are written soon. */
  keep(rows: readonly TranscriptRow[]): void {
    if (this.#broken || rows === this.#wanted) return;
    this.#wanted = rows;
    this.#timer ??= setTimeout(() => void this.flush(), delayMs);
  }

  /** What answers from now on, for people. It is written with what is said next. */
  answeredBy(engine: string): void {
    this.#engine = engine;
  }

  /** Writes at once what is not written yet. Never rejects. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    const rows = this.#wanted;
    if (this.#broken || rows === this.#kept) return;
    try {
      // Comes late: nobody needs it before something has been said.
      const { writeRows } = await import('../history/archive.ts');
      await writeRows(
        { id: this.#id, startedAtMs: this.#startedAtMs, engine: this.#engine },
        { before: this.#kept, after: rows },
      );
      this.#kept = rows;
    } catch (error) {
      this.#broken = true;
      this.#failed(error instanceof Error ? error.message : String(error));
    }
  }
}
