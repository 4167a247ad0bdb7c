import type { pageToolWords as english } from './en/page-tools.ts';
import { follow, type Worded } from './language.ts';

export type PageToolWords = Worded<typeof english>;

export let pageToolWords: PageToolWords;

await follow(
  (language) => import(`./${language}/page-tools.ts`) as Promise<{ pageToolWords: PageToolWords }>,
  (loaded) => ({ pageToolWords } = loaded),
);
