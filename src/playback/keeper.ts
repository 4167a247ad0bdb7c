import { Audibility, type Mend, type SoundFacts } from './audibility.ts';

/** Between one look and the next, in ms. Whatever a look costs is a few reads. */
const lookEveryMs = 1000;

export interface Kept {
  /** Undefined once no sound is wanted any more. */
  look(): SoundFacts | undefined;
  mend(what: Mend): void;
}

/** Sees to it that the sound is there, until none is wanted any more; then calls `over`. */
export function keepAudible(kept: Kept, over: () => void): void {
  const audibility = new Audibility();
  const timer = setInterval(() => {
    const facts = kept.look();
    if (facts) for (const what of audibility.mends(facts, performance.now())) kept.mend(what);
    else {
      clearInterval(timer);
      over();
    }
  }, lookEveryMs);
}
