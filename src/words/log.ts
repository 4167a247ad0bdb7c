import type { logWords as english } from './en/log.ts';
import { follow, type Worded } from './language.ts';

export type LogWords = Worded<typeof english>;

export let logWords: LogWords;

await follow(
  (language) => import(`./${language}/log.ts`) as Promise<{ logWords: LogWords }>,
  (loaded) => ({ logWords } = loaded),
);
