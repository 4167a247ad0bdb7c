import type { embedWords as english } from './en/embed.ts';
import { follow, type Worded } from './language.ts';

export type EmbedWords = Worded<typeof english>;

export let embedWords: EmbedWords;

await follow(
  (language) => import(`./${language}/embed.ts`) as Promise<{ embedWords: EmbedWords }>,
  (loaded) => ({ embedWords } = loaded),
);
