import {
  withPiece,
  type KeptSound,
  type SoundPiece,
  type SoundRecord,
} from '../recording/sound-record.ts';
import { openHistory, rangeOf } from './database.ts';

const stores = ['recordings', 'sound'] as const;

/**
 * Keeps one more piece, which came at `atMs`. Resolves with what there is of the conversation's sound now; undefined, and
 * nothing is kept, where there is no such conversation, or none any more.
 */
export async function writeSound(
  piece: SoundPiece,
  atMs: number,
): Promise<SoundRecord | undefined> {
  const database = await openHistory();
  const transaction = database.transaction(['conversations', ...stores], 'readwrite');
  const records = transaction.objectStore('recordings');
  const { conversationId } = piece;
  const [owner, known] = await Promise.all([
    transaction.objectStore('conversations').getKey(conversationId),
    records.get(conversationId),
  ]);
  if (owner === undefined) return undefined;
  const putting = transaction.objectStore('sound').put(piece);
  const record = withPiece(known ?? { conversationId, bytes: 0, stretches: [] }, piece, atMs);
  await Promise.all([putting, records.put(record), transaction.done]);
  return record;
}

/** What sound there is, by conversation. */
export async function listSound(): Promise<ReadonlyMap<string, SoundRecord>> {
  const database = await openHistory();
  const records = await database.getAll('recordings');
  return new Map(records.map((record) => [record.conversationId, record]));
}

/** The sound of a conversation; undefined if there is none. */
export async function readSound(conversationId: string): Promise<KeptSound | undefined> {
  const database = await openHistory();
  const transaction = database.transaction(stores, 'readonly');
  const record = await transaction.objectStore('recordings').get(conversationId);
  if (!record) return undefined;
  return {
    record,
    pieces: await transaction.objectStore('sound').getAll(rangeOf(conversationId)),
  };
}

/** Takes the sound of a conversation away, and leaves the rest of it. */
export async function removeSound(conversationId: string): Promise<void> {
  const database = await openHistory();
  const transaction = database.transaction(stores, 'readwrite');
  await Promise.all([
    transaction.objectStore('recordings').delete(conversationId),
    transaction.objectStore('sound').delete(rangeOf(conversationId)),
    transaction.done,
  ]);
}

/** Puts sound back that was taken away. */
export async function restoreSound({ record, pieces }: KeptSound): Promise<void> {
  const database = await openHistory();
  const transaction = database.transaction(stores, 'readwrite');
  const sound = transaction.objectStore('sound');
  await Promise.all([
    transaction.objectStore('recordings').put(record),
    ...pieces.map((piece) => sound.put(piece)),
    transaction.done,
  ]);
}
