import type { ProblemStep, ProblemWords } from '#protocol/problems.ts';
import { english } from './en/problems.ts';

export interface ProblemTexts {
  /** For `lang`, so that a screen reader pronounces it well. */
  readonly language: 'en' | 'vi';
  readonly text: ProblemWords;
  readonly label: string;
  readonly detail: string;
  readonly dismiss: (title: string) => string;
  /** What stands on the buttons. */
  readonly steps: Readonly<Record<ProblemStep, string>>;
}

let inUse = english;

/** In the language that was chosen last, or English. */
export function problemWords(): ProblemTexts {
  return inUse;
}

/**
 * Chooses the first of the languages that there are words in, else English. Only words that are needed are fetched; where
 * they cannot be had, the ones before stay.
 */
export async function chooseProblemWords(languages: readonly string[]): Promise<void> {
  const known = languages.map((tag) => tag.toLowerCase().split('-')[0]);
  const wanted = known.find((language) => language === 'en' || language === 'vi') ?? 'en';
  try {
    inUse = wanted === 'vi' ? (await import('./vi/problems.ts')).vietnamese : english;
  } catch {
    // Problems are told in English rather than not at all.
  }
}
