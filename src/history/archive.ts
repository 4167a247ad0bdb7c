import type { IDBPTransaction } from 'idb';
import type { TranscriptRow } from '../transcript/model.ts';
import { allStores, openHistory, rangeOf, rowsOf, type HistorySchema } from './database.ts';
import { heldConversations } from './holding.ts';
import { derivedFrom, type KeptConversation, type Summary } from './summary.ts';
import { readTurns } from './turn-archive.ts';

type Writing = IDBPTransaction<HistorySchema, typeof allStores, 'readwrite'>;

/** What came of putting conversations in. */
export interface Added {
  readonly added: number;
  /** Here already, and no older than what was to be put in. */
  readonly known: number;
}

/** Every conversation that is kept, the latest first. Like all of these, rejects where the browser keeps nothing. */
export async function listConversations(): Promise<Summary[]> {
  const database = await openHistory();
  const all = await database.getAll('conversations');
  return all.filter(({ said }) => said > 0).sort((a, b) => b.endedAtMs - a.endedAtMs);
}

/** A conversation with its rows; undefined if there is none under this id, or nothing was said in it. */
export async function readConversation(id: string): Promise<KeptConversation | undefined> {
  const database = await openHistory();
  const transaction = database.transaction(['conversations', 'rows'], 'readonly');
  const summary = await transaction.objectStore('conversations').get(id);
  const rows = summary ? await rowsOf(transaction, id) : [];
  return summary && rows.length > 0 ? { ...summary, rows } : undefined;
}

/** The same with the turns that are kept with it, if any are. */
export async function readWhole(id: string): Promise<KeptConversation | undefined> {
  const [conversation, turns] = await Promise.all([readConversation(id), readTurns(id)]);
  return conversation && turns ? { ...conversation, turns } : conversation;
}

/** Brings a conversation that goes on from the rows that are kept to those that it has now. */
export async function writeRows(
  { id, startedAtMs, engine }: Pick<Summary, 'id' | 'startedAtMs'> & { engine: string | undefined },
  { before, after }: { before: readonly TranscriptRow[]; after: readonly TranscriptRow[] },
): Promise<void> {
  await writing(async (transaction) => {
    const summaries = transaction.objectStore('conversations');
    const store = transaction.objectStore('rows');
    const put = async (row: TranscriptRow): Promise<unknown> =>
      store.put({ conversationId: id, row });
    const { changed, gone } = difference(before, after);
    // Without waiting for an answer: the page may be about to go.
    const rows = [...changed.map(put), ...gone.map((row) => store.delete([id, row.id]))];
    const [known] = await Promise.all([summaries.get(id), ...rows]);
    // A title given in another tab stays; a conversation that was taken away there comes back whole.
    if (!known) await Promise.all(after.map(put));
    const endedAtMs = Date.now();
    await summaries.put({
      ...known,
      id,
      startedAtMs,
      endedAtMs,
      ...(engine !== undefined && { engine }),
      ...derivedFrom(after, endedAtMs),
    });
  });
}

function difference(before: readonly TranscriptRow[], after: readonly TranscriptRow[]) {
  const known = new Map(before.map((row) => [row.id, row]));
  const changed = after.filter((row) => known.get(row.id) !== row);
  for (const row of after) known.delete(row.id);
  return { changed, gone: [...known.values()] };
}

/** An empty title brings the opening back. */
export async function renameConversation(id: string, title: string): Promise<void> {
  await writing(async (transaction) => {
    const store = transaction.objectStore('conversations');
    const summary = await store.get(id);
    if (!summary) return;
    const renamed = { ...summary, title };
    await store.put(title === '' ? withoutTitle(renamed) : renamed);
  });
}

/** Takes conversations away, with their sound and their turns. */
export async function removeConversations(ids: readonly string[]): Promise<void> {
  await writing(async (transaction) => {
    await Promise.all(
      ids.flatMap((id) => [
        transaction.objectStore('conversations').delete(id),
        transaction.objectStore('rows').delete(rangeOf(id)),
        transaction.objectStore('recordings').delete(id),
        transaction.objectStore('sound').delete(rangeOf(id)),
        transaction.objectStore('turns').delete(id),
      ]),
    );
  });
}

/** Takes away all but what some tab has open. */
export async function removeAll(): Promise<void> {
  await removeOlder(Infinity);
}

/** Takes away what ended before this, in ms since the epoch, but for what some tab has open. */
export async function removeOlder(thanMs: number): Promise<void> {
  const database = await openHistory();
  const [all, held] = await Promise.all([database.getAll('conversations'), heldConversations()]);
  const old = all.filter(({ id, endedAtMs }) => endedAtMs < thanMs && !held.has(id));
  if (old.length > 0) await removeConversations(old.map(({ id }) => id));
}

/**
 * Puts conversations in, all of them or none. One that is here already is replaced if it has gone on since, and left
 * alone if it has not.
 */
export async function addConversations(conversations: readonly KeptConversation[]): Promise<Added> {
  const held = await heldConversations();
  let added = 0;
  await writing(async (transaction) => {
    const summaries = transaction.objectStore('conversations');
    const store = transaction.objectStore('rows');
    for (const { rows, turns, ...summary } of conversations) {
      const { id, endedAtMs } = summary;
      const known = await summaries.get(id);
      if (known && (known.endedAtMs >= endedAtMs || held.has(id))) continue;
      added += 1;
      await Promise.all([
        store.delete(rangeOf(id)),
        summaries.put({ ...summary, ...derivedFrom(rows, endedAtMs) }),
        // A row that cannot be kept throws at once; as a rejection it takes its place beside the others.
        ...rows.map(async (row) => store.put({ conversationId: id, row })),
        ...(turns ? [transaction.objectStore('turns').put({ conversationId: id, turns })] : []),
      ]);
    }
  });
  return { added, known: conversations.length - added };
}

function withoutTitle(summary: Summary): Summary {
  const copy: { title?: string } & Summary = { ...summary };
  delete copy.title;
  return copy;
}

/** All of it happens, or nothing does. */
async function writing(act: (transaction: Writing) => Promise<void>): Promise<void> {
  const database = await openHistory();
  const transaction = database.transaction(allStores, 'readwrite');
  try {
    await act(transaction);
  } catch (error) {
    transaction.abort();
    await transaction.done.catch(() => undefined);
    throw error;
  }
  await transaction.done;
}
