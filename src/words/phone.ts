import type { phoneWords as english } from './en/phone.ts';
import { follow, type Worded } from './language.ts';

export type PhoneWords = Worded<typeof english>;

export let phoneWords: PhoneWords;

await follow(
  (language) => import(`./${language}/phone.ts`) as Promise<{ phoneWords: PhoneWords }>,
  (loaded) => ({ phoneWords } = loaded),
);
