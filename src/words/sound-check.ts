import type { soundCheckWords as english } from './en/sound-check.ts';
import { follow, type Worded } from './language.ts';

export type SoundCheckWords = Worded<typeof english>;

export let soundCheckWords: SoundCheckWords;

await follow(
  (language) =>
    import(`./${language}/sound-check.ts`) as Promise<{ soundCheckWords: SoundCheckWords }>,
  (loaded) => ({ soundCheckWords } = loaded),
);
