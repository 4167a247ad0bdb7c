import type { bargeInWords as english } from './en/barge-in.ts';
import { follow, type Worded } from './language.ts';

export type BargeInWords = Worded<typeof english>;

export let bargeInWords: BargeInWords;

await follow(
  (language) => import(`./${language}/barge-in.ts`) as Promise<{ bargeInWords: BargeInWords }>,
  (loaded) => ({ bargeInWords } = loaded),
);
