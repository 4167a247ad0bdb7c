import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { TranscriptRow } from '../transcript/model.ts';
import { keptRow } from './file-format.ts';
import { derivedFrom, type Summary } from './summary.ts';

/** What conversations are kept in: their summaries, which are listed, and their rows, which are read when one is opened. */
export interface HistorySchema extends DBSchema {
  conversations: { key: string; value: Summary };
  rows: {
    key: [conversationId: string, rowId: string];
    value: { conversationId: string; row: TranscriptRow };
  };
}

type Upgrade = IDBPTransaction<HistorySchema, ('conversations' | 'rows')[], 'versionchange'>;

const name = 'parley';
const version = 2;

let opened: Promise<IDBPDatabase<HistorySchema>> | undefined;

/** The database of this browser. Rejects where the browser keeps nothing; the next call tries again. */
export function openHistory(): Promise<IDBPDatabase<HistorySchema>> {
  opened ??= open().catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

function open(): Promise<IDBPDatabase<HistorySchema>> {
  return new Promise((resolve, reject) => {
    openDB<HistorySchema>(name, version, {
      upgrade(database, before, _now, transaction) {
        if (before === 1) {
          // What goes wrong here undoes the upgrade, and opening tells of it.
          void summarise(transaction);
          return;
        }
        database.createObjectStore('conversations', { keyPath: 'id' });
        database.createObjectStore('rows', { keyPath: ['conversationId', 'row.id'] });
      },
      blocked() {
        reject(new Error('Another tab holds an older version of this page open. Close it.'));
      },
      // A newer version of this page waits in another tab; this one opens the database again when it needs it.
      blocking(_current, _next, event) {
        (event.target as IDBDatabase).close();
        opened = undefined;
      },
      terminated() {
        opened = undefined;
      },
    }).then(resolve, reject);
  });
}

/** The first version knew of a conversation only when it began and ended. */
async function summarise(transaction: Upgrade): Promise<void> {
  const summaries = transaction.objectStore('conversations');
  for (const kept of await summaries.getAll()) {
    const rows = await rowsOf(transaction, kept.id);
    await summaries.put({ ...kept, ...derivedFrom(rows, kept.endedAtMs) });
  }
}

/** The rows of a conversation in the order in which they began. One that is damaged is left where it is, and out. */
export async function rowsOf(
  transaction: Pick<
    IDBPTransaction<HistorySchema, ('conversations' | 'rows')[], 'readonly' | 'versionchange'>,
    'objectStore'
  >,
  id: string,
): Promise<TranscriptRow[]> {
  const kept = await transaction.objectStore('rows').getAll(rangeOf(id));
  return kept
    .flatMap(({ row }) => keptRow.safeParse(row).data ?? [])
    .sort((a, b) => a.startedAtMs - b.startedAtMs);
}

/** The keys of all rows of a conversation. */
export function rangeOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, ''], [id, '\uffff']);
}
