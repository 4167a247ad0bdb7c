import type { historyWords as english } from './en/history.ts';
import { follow, type Worded } from './language.ts';

export type HistoryWords = Worded<typeof english>;

export let historyWords: HistoryWords;

await follow(
  (language) => import(`./${language}/history.ts`) as Promise<{ historyWords: HistoryWords }>,
  (loaded) => ({ historyWords } = loaded),
);
