import type { settingsWords as english } from './en/settings.ts';
import { follow, type Worded } from './language.ts';

export type SettingsWords = Worded<typeof english>;

export let settingsWords: SettingsWords;

await follow(
  (language) => import(`./${language}/settings.ts`) as Promise<{ settingsWords: SettingsWords }>,
  (loaded) => ({ settingsWords } = loaded),
);
