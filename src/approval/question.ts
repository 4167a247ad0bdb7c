import type { ApprovalRequest, ApprovalResponse } from '#protocol/approval.ts';
import type { PageRequest } from '#protocol/page-tools.ts';

/** What the assistant asks the person: may a tool of an outside server be run, or something be done in this page? */
export type Question = ({ kind: 'tool' } & ApprovalRequest) | ({ kind: 'page' } & PageRequest);

export type Answer = ApprovalResponse['answer'];

/** What "in this conversation" covers, besides the question that it answers; undefined where it covers nothing. */
export function scopeOf(question: Question): string | undefined {
  if (question.kind === 'tool') return JSON.stringify(['tool', question.server, question.tool]);
  const { action } = question;
  // Each link leads elsewhere, and opens by the person's own press alone.
  if (action.tool === 'open_link') return undefined;
  const exact = action.tool === 'get_location' && action.exact;
  return JSON.stringify(['page', action.tool, exact]);
}
