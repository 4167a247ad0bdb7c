import type { sharingWords as english } from './en/sharing.ts';
import { follow, type Worded } from './language.ts';

export type SharingWords = Worded<typeof english>;

export let sharingWords: SharingWords;

await follow(
  (language) => import(`./${language}/sharing.ts`) as Promise<{ sharingWords: SharingWords }>,
  (loaded) => ({ sharingWords } = loaded),
);
