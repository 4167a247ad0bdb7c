import type { tourWords as english } from './en/tour.ts';
import { follow, type Worded } from './language.ts';

export type TourWords = Worded<typeof english>;

export let tourWords: TourWords;

await follow(
  (language) => import(`./${language}/tour.ts`) as Promise<{ tourWords: TourWords }>,
  (loaded) => ({ tourWords } = loaded),
);
