import type { approvalWords as english } from './en/approval.ts';
import { follow, type Worded } from './language.ts';

export type ApprovalWords = Worded<typeof english>;

export let approvalWords: ApprovalWords;

await follow(
  (language) => import(`./${language}/approval.ts`) as Promise<{ approvalWords: ApprovalWords }>,
  (loaded) => ({ approvalWords } = loaded),
);
