import type { Levels } from '../../conversation/state.ts';
import { animate, type Picture } from '../../design/frames.ts';
import { isUnseen } from '../../levels/level.ts';
import { blend, forms, outline, type Form, type Sound } from './shape.ts';
import type { PresenceState } from './state.ts';

const bandCount = 7;
/** The shape is half way to its new form after this long. */
const formHalfLifeMs = 90;
const riseHalfLifeMs = 25;
const fallHalfLifeMs = 110;
const baseRadius = 46;
const veilStep = 0.7;
/** At most so fast and so far from its form, and a few frames a second show it as well as many. */
const calmPace = 0.5;
const calmSize = 0.01;

/**
 * Draws the presence, frame by frame, into the paths of one SVG; the first path is the outermost veil, the last the core.
 * With reduced motion the outline holds still and only the veils' opacity follows the sound.
 */
export class PresenceMotion implements Picture {
  readonly #paths: readonly SVGPathElement[];
  readonly #levels: Levels;
  readonly #reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');
  #form: Form;
  #target: Form;
  #phase = 0;
  #lastMs: number | undefined;
  readonly #bands = new Float32Array(bandCount);
  #microphone = 0;

  constructor(paths: readonly SVGPathElement[], levels: Levels, state: PresenceState) {
    this.#paths = paths;
    this.#levels = levels;
    this.#form = this.#target = forms[state];
  }

  show(state: PresenceState): void {
    this.#target = forms[state];
  }

  /** Begins to draw. Returns its release. */
  run(): () => void {
    return animate(this);
  }

  /** A shape that drifts by itself and that no sound drives. */
  isCalm(): boolean {
    return (
      this.#target.pace <= calmPace &&
      Math.abs(this.#form.size - this.#target.size) < calmSize &&
      isUnseen(this.#loudness())
    );
  }

  draw(nowMs: number): void {
    // A hidden tab gets no frames; without a bound the shape would leap on return.
    const passedMs = Math.min(nowMs - (this.#lastMs ?? nowMs), 100);
    this.#lastMs = nowMs;
    const still = this.#reducedMotion.matches;
    this.#form = blend(this.#form, this.#target, still ? 1 : shareAfter(passedMs, formHalfLifeMs));
    this.#listen(passedMs);
    if (!still) this.#phase += (this.#form.pace * passedMs) / 1000;
    const sound = still ? silence : { bands: this.#bands, microphone: this.#microphone };
    const loudness = this.#loudness();
    this.#paths.forEach((path, i) => {
      const veil = (this.#paths.length - 1 - i) * veilStep;
      path.setAttribute('d', outline(this.#form, sound, still ? 0 : this.#phase, veil, baseRadius));
      if (veil > 0) path.style.opacity = (0.06 + 0.1 / veil + 0.25 * loudness).toFixed(2);
    });
  }

  #listen(passedMs: number): void {
    const bands = this.#levels.assistantBands(bandCount);
    for (let i = 0; i < bandCount; i++) {
      this.#bands[i] = approach(this.#bands[i] ?? 0, bands[i] ?? 0, passedMs);
    }
    this.#microphone = approach(this.#microphone, this.#levels.microphone(), passedMs);
  }

  /** Of whoever the present form attends to, 0 to 1. */
  #loudness(): number {
    if (this.#target.voice > 0) return Math.max(...this.#bands);
    return this.#target.attention > 0 ? this.#microphone : 0;
  }
}

const silence: Sound = { bands: new Float32Array(0), microphone: 0 };

function approach(from: number, to: number, passedMs: number): number {
  return from + (to - from) * shareAfter(passedMs, to > from ? riseHalfLifeMs : fallHalfLifeMs);
}

/** How much of a distance that halves every `halfLifeMs` has been covered after `passedMs`. */
function shareAfter(passedMs: number, halfLifeMs: number): number {
  return 1 - 2 ** (-passedMs / halfLifeMs);
}
