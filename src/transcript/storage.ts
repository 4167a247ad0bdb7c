import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { TranscriptRow } from './model.ts';

export interface KeptConversation {
  readonly id: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly rows: readonly TranscriptRow[];
}

interface Schema extends DBSchema {
  conversations: {
    key: string;
    value: { id: string; startedAtMs: number; endedAtMs: number };
  };
  rows: {
    key: [conversationId: string, rowId: string];
    value: { conversationId: string; row: TranscriptRow };
  };
}

/** Changes are gathered for this long, in ms, before they are written. */
const delayMs = 400;

/**
 * Keeps a conversation in the browser's own database while it goes on. Only rows that changed are written. A browser
 * that refuses (private window, full disk) costs nothing but the keeping; `failed` is told the reason.
 */
export class TranscriptStorage {
  readonly #id: string;
  readonly #startedAtMs: number;
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
      const database = await open();
      const transaction = database.transaction(['conversations', 'rows'], 'readwrite');
      const { changed, gone } = difference(this.#kept, rows);
      const store = transaction.objectStore('rows');
      await Promise.all([
        transaction.objectStore('conversations').put({
          id: this.#id,
          startedAtMs: this.#startedAtMs,
          endedAtMs: Date.now(),
        }),
        ...changed.map((row) => store.put({ conversationId: this.#id, row })),
        ...gone.map((row) => store.delete([this.#id, row.id])),
        transaction.done,
      ]);
      this.#kept = rows;
    } catch (error) {
      this.#broken = true;
      this.#failed(error instanceof Error ? error.message : String(error));
    }
  }
}

/** What was kept under this id; undefined if there is nothing, or nothing can be read. */
export async function keptConversation(id: string): Promise<KeptConversation | undefined> {
  try {
    const database = await open();
    const conversation = await database.get('conversations', id);
    if (!conversation) return undefined;
    const range = IDBKeyRange.bound([id, ''], [id, '\uffff']);
    const kept = await database.getAll('rows', range);
    const rows = kept.map(({ row }) => row).sort((a, b) => a.startedAtMs - b.startedAtMs);
    return rows.length === 0 ? undefined : { ...conversation, rows };
  } catch {
    return undefined;
  }
}

let opened: Promise<IDBPDatabase<Schema>> | undefined;

function open(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('parley', 1, {
    upgrade(database) {
      database.createObjectStore('conversations', { keyPath: 'id' });
      database.createObjectStore('rows', { keyPath: ['conversationId', 'row.id'] });
    },
  });
  return opened;
}

function difference(before: readonly TranscriptRow[], after: readonly TranscriptRow[]) {
  const known = new Map(before.map((row) => [row.id, row]));
  const changed = after.filter((row) => known.get(row.id) !== row);
  for (const row of after) known.delete(row.id);
  return { changed, gone: [...known.values()] };
}
