import type { usageWords as english } from './en/usage.ts';
import { follow, type Worded } from './language.ts';

export type UsageWords = Worded<typeof english>;

export let usageWords: UsageWords;

await follow(
  (language) => import(`./${language}/usage.ts`) as Promise<{ usageWords: UsageWords }>,
  (loaded) => ({ usageWords } = loaded),
);
