import { decode, encode } from '#protocol/codec.ts';
import { longestRecalled, recallRequest, recallResponse, type Past } from '#protocol/recall.ts';
import type { TranscriptRow } from '../transcript/model.ts';

/** Room for what stands around the items in the message, in bytes. */
const frameBytes = 64;
const mostItems = 400;
/** The arguments of a tool that are longer than this, in characters, leave too little room for what was said. */
const longestInput = 600;

/**
 * Tells an assistant what was said, if anything was. Resolves to false if it knew already; rejects if it does not
 * take it.
 */
export async function tellOfPast(
  rows: readonly TranscriptRow[],
  send: (payload: string) => Promise<string>,
): Promise<boolean> {
  const past = pastOf(rows);
  if (past.length === 0) return false;
  const answer = decode(recallResponse, await send(encode(recallRequest, { past })));
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value.taken;
}

/** What an assistant is told of an old conversation: as much of its end as fits into one message. */
export function pastOf(rows: readonly TranscriptRow[]): Past[] {
  const past: Past[] = [];
  let bytesLeft = recallRequest.maxBytes - frameBytes;
  for (const row of rows.toReversed()) {
    const item = itemOf(row);
    if (!item) continue;
    bytesLeft -= new TextEncoder().encode(JSON.stringify(item)).byteLength + 1;
    if (bytesLeft < 0 || past.length === mostItems) break;
    past.unshift(item);
  }
  return past;
}

function itemOf(row: TranscriptRow): Past | undefined {
  if (row.kind === 'notice') return undefined;
  if (row.kind === 'tool') {
    if (row.status !== 'done' || row.input.length > longestInput) return undefined;
    return /^[\w-]{1,64}$/.test(row.name)
      ? { kind: 'called', name: row.name, input: row.input }
      : undefined;
  }
  const text = row.text.trim().slice(0, longestRecalled);
  return text ? { kind: 'said', by: row.speaker, text, cut: row.status.kind === 'cut' } : undefined;
}
