import type { TranscriptRow } from '../transcript/model.ts';

const prefix = 'call-';

/** The id of the notice with which a further call of the same conversation begins. */
export function newCallId(sinceMs: number): string {
  return `${prefix}${sinceMs}`;
}

export function isNewCall(row: TranscriptRow): boolean {
  return row.kind === 'notice' && row.id.startsWith(prefix);
}
