import type { KeptTurns } from '../inspector/kept-turns.ts';
import { openHistory } from './database.ts';

/** The turns that are kept with a conversation; undefined for one from before they were. */
export async function readTurns(conversationId: string): Promise<KeptTurns | undefined> {
  const database = await openHistory();
  return (await database.get('turns', conversationId))?.turns;
}

/** Keeps the turns of a conversation, unless it was taken away meanwhile. */
export async function writeTurns(conversationId: string, turns: KeptTurns): Promise<void> {
  const database = await openHistory();
  const transaction = database.transaction(['conversations', 'turns'], 'readwrite');
  const known = await transaction.objectStore('conversations').getKey(conversationId);
  if (known !== undefined) await transaction.objectStore('turns').put({ conversationId, turns });
  await transaction.done;
}
