import type { words as english } from './en/page.ts';
import { follow, type Worded } from './language.ts';

export type PageWords = Worded<typeof english>;

export let words: PageWords;

await follow(
  (language) => import(`./${language}/page.ts`) as Promise<{ words: PageWords }>,
  (loaded) => ({ words } = loaded),
);
