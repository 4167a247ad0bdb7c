import type { recordingWords as english } from './en/recording.ts';
import { follow, type Worded } from './language.ts';

export type RecordingWords = Worded<typeof english>;

export let recordingWords: RecordingWords;

await follow(
  (language) => import(`./${language}/recording.ts`) as Promise<{ recordingWords: RecordingWords }>,
  (loaded) => ({ recordingWords } = loaded),
);
