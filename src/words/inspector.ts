import type { inspectorWords as english } from './en/inspector.ts';
import { follow, type Worded } from './language.ts';

export type InspectorWords = Worded<typeof english>;

export let inspectorWords: InspectorWords;

await follow(
  (language) => import(`./${language}/inspector.ts`) as Promise<{ inspectorWords: InspectorWords }>,
  (loaded) => ({ inspectorWords } = loaded),
);
