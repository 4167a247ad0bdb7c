import type { documentWords as english } from './en/documents.ts';
import { follow, type Worded } from './language.ts';

export type DocumentWords = Worded<typeof english>;

export let documentWords: DocumentWords;

await follow(
  (language) => import(`./${language}/documents.ts`) as Promise<{ documentWords: DocumentWords }>,
  (loaded) => ({ documentWords } = loaded),
);
