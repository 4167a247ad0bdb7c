import type { labWords as english } from './en/lab.ts';
import { follow, type Worded } from './language.ts';

export type LabWords = Worded<typeof english>;

export let labWords: LabWords;

await follow(
  (language) => import(`./${language}/lab.ts`) as Promise<{ labWords: LabWords }>,
  (loaded) => ({ labWords } = loaded),
);
