import type { Eyes } from '../providers/eyes.ts';

/** What has not changed is shown again after this time, in ms: a provider may have lost it with a connection. */
const againAfterMs = 15_000;

/** Whether it is time for another look. Of frames it knows only whether they are the same; times in ms. */
export class Pace {
  #shown: { readonly frame: unknown; readonly atMs: number } | undefined;

  isDue(
    { speakingMs, restingMs }: Pick<Eyes, 'speakingMs' | 'restingMs'>,
    now: { readonly frame: unknown; readonly isSpeaking: boolean; readonly atMs: number },
  ): boolean {
    const leastMs = now.isSpeaking ? speakingMs : restingMs;
    if (leastMs === undefined) return false;
    if (!this.#shown) return true;
    const pastMs = now.atMs - this.#shown.atMs;
    if (pastMs < leastMs) return false;
    return now.frame !== this.#shown.frame || pastMs >= againAfterMs;
  }

  /** Whether nothing was shown for as long as the provider wants between two pictures. */
  mayShow({ speakingMs }: Pick<Eyes, 'speakingMs'>, atMs: number): boolean {
    return !this.#shown || atMs - this.#shown.atMs >= speakingMs;
  }

  shown(frame: unknown, atMs: number): void {
    this.#shown = { frame, atMs };
  }

  /** Whoever sees now has been shown nothing yet. */
  reset(): void {
    this.#shown = undefined;
  }
}
