import type { ProblemCode } from '#protocol/problems.ts';
import type { ConversationState } from '../conversation/state.ts';
import type { TranscriptRow, UtteranceRow } from '../transcript/model.ts';

/** What a site is told of, by the name of the event; `detail` of each. */
export interface NewsDetails {
  'parley-connected': { readonly roomName: string };
  'parley-transcript': {
    readonly id: string;
    readonly speaker: UtteranceRow['speaker'];
    readonly text: string;
    /** False while it may still change. */
    readonly final: boolean;
    /** What of a reply that was cut had not been heard. */
    readonly unheard?: string;
  };
  'parley-problem': { readonly code: ProblemCode; readonly detail?: string };
  'parley-ended': { readonly durationMs: number };
}

export type News = {
  [Name in keyof NewsDetails]: { readonly name: Name; readonly detail: NewsDetails[Name] };
}[keyof NewsDetails];

/** What a site has to hear of between two states, in the order in which it matters. */
export function newsBetween(before: ConversationState, now: ConversationState): News[] {
  const news: News[] = [];
  const wasInRoom = before.call.kind === 'connected' || before.call.kind === 'reconnecting';
  if (now.call.kind === 'connected' && !wasInRoom) {
    news.push({ name: 'parley-connected', detail: { roomName: now.call.roomName } });
  }
  news.push(...utterancesBetween(before.rows, now.rows));
  for (const problem of now.problems) {
    const known = before.problems.some(
      ({ code, detail }) => code === problem.code && detail === problem.detail,
    );
    if (!known) news.push({ name: 'parley-problem', detail: problem });
  }
  if (now.call.kind === 'ended' && before.call.kind !== 'ended') {
    news.push({ name: 'parley-ended', detail: { durationMs: now.call.durationMs } });
  }
  return news;
}

function utterancesBetween(before: readonly TranscriptRow[], now: readonly TranscriptRow[]) {
  if (before === now) return [];
  const known = new Set(before);
  return now.flatMap((row): News[] => {
    if (row.kind !== 'utterance' || known.has(row)) return [];
    const { id, speaker, text, status } = row;
    const cut = status.kind === 'cut' ? { unheard: status.unheard } : {};
    const final = status.kind !== 'interim';
    return [{ name: 'parley-transcript', detail: { id, speaker, text, final, ...cut } }];
  });
}
