import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { KeptTurns } from '../inspector/kept-turns.ts';
import type { SoundPiece, SoundRecord } from '../recording/sound-record.ts';
import type { TranscriptRow } from '../transcript/model.ts';
import { keptRow } from './file-format.ts';
import { derivedFrom, type Summary } from './summary.ts';

/**
 * What conversations are kept in: their summaries, which are listed, and what is read when one is opened. Its sound lies in
 * pieces beside a record of them, so that all but the replay does without the sound itself.
 */
export interface HistorySchema extends DBSchema {
  conversations: { key: string; value: Summary };
  rows: {
    key: [conversationId: string, rowId: string];
    value: { conversationId: string; row: TranscriptRow };
  };
  recordings: { key: string; value: SoundRecord };
  sound: { key: [conversationId: string, startedAtMs: number, piece: number]; value: SoundPiece };
  turns: { key: string; value: { conversationId: string; turns: KeptTurns } };
}

/** Every store, for what concerns a conversation as a whole. */
export const allStores = ['conversations', 'rows', 'recordings', 'sound', 'turns'] as const;

type Upgrade = IDBPTransaction<HistorySchema, (typeof allStores)[number][], 'versionchange'>;

const name = 'parley';
const version = 3;

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
        if (before < 1) {
          database.createObjectStore('conversations', { keyPath: 'id' });
          database.createObjectStore('rows', { keyPath: ['conversationId', 'row.id'] });
        }
        if (before < 3) {
          database.createObjectStore('recordings', { keyPath: 'conversationId' });
          database.createObjectStore('sound', {
            keyPath: ['conversationId', 'startedAtMs', 'piece'],
          });
          database.createObjectStore('turns', { keyPath: 'conversationId' });
        }
        // What goes wrong here undoes the upgrade, and opening tells of it.
        if (before === 1) void summarise(transaction);
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
  transaction: {
    objectStore(name: 'rows'): {
      getAll(range: IDBKeyRange): Promise<HistorySchema['rows']['value'][]>;
    };
  },
  id: string,
): Promise<TranscriptRow[]> {
  const kept = await transaction.objectStore('rows').getAll(rangeOf(id));
  return kept
    .flatMap(({ row }) => keptRow.safeParse(row).data ?? [])
    .sort((a, b) => a.startedAtMs - b.startedAtMs);
}

/** The keys of all rows of a conversation, or of all pieces of its sound. */
export function rangeOf(id: string): IDBKeyRange {
  // By the order of keys, every number and every text is less than an array.
  return IDBKeyRange.bound([id], [id, []]);
}
