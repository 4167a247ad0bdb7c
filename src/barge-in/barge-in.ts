import type { BargeInPolicy } from './policy.ts';

/** One frame of the microphone, as far as cutting in goes. */
export interface HeardFrame {
  /** Of speech, 0 to 1. */
  readonly probability: number;
  /** Whether it is as loud as the assistant's own echo would be, and no louder. */
  readonly isEcho: boolean;
  /** Whether it is hummed, as in "mm-hm": a voice with closed lips, and no word. */
  readonly isHum: boolean;
  /** End of the frame, in ms on any steady clock. */
  readonly atMs: number;
}

export type BargeInState =
  | { readonly kind: 'idle'; readonly speechFrames: number }
  | {
      readonly kind: 'ducked';
      readonly sinceMs: number;
      readonly quietFrames: number;
      /** Frames of speech that is not hummed. */
      readonly spoken: number;
      /** Of these, frames of speech after all echo must have died away. */
      readonly surelySpoken: number;
    }
  | { readonly kind: 'confirmed' };

/** What is to be done now: lower the voice, bring it back, or drop the reply for good. */
export type Verdict = 'duck' | 'restore' | 'confirm';

/** A false duck makes the next one ask for more frames of speech, up to this many times over. */
const mostWary = 8;
/** Words that come with less speech than this, in frames, were said before, or made of what an echo canceller leaves. */
const framesOfWord = 6;
/** How long without a false duck makes it half as wary again, in ms. */
const calmsDownMs = 15_000;

/**
 * Decides when the person cuts in: idle → ducked → confirmed or restored. The voice is lowered on the first sign of
 * speech, since that is undone as easily. Lowering it is also a test: an echo ends with the sound that caused it, a person
 * goes on. So only speech that outlasts the echo's time makes the cut final, and the assistant never cuts itself off.
 */
export class BargeIn {
  readonly #policy: BargeInPolicy;
  #state: BargeInState = { kind: 'idle', speechFrames: 0 };
  #wariness = 1;
  #warySinceMs = 0;

  constructor(policy: BargeInPolicy) {
    this.#policy = policy;
  }

  get state(): BargeInState {
    return this.#state;
  }

  /** Takes the next frame. `audible`: the assistant's reply sounds now, or would if it were not lowered. */
  hear(frame: HeardFrame, audible: boolean): Verdict | undefined {
    switch (this.#state.kind) {
      case 'idle':
        if (audible) return this.#listen(frame);
        this.reset();
        return undefined;
      case 'ducked':
        return this.#weigh(frame, audible);
      case 'confirmed':
        return undefined;
    }
  }

  /** The person's words have been understood, and they are more than a sign of listening. */
  hearWords(): Verdict | undefined {
    if (this.#state.kind !== 'ducked' || this.#state.spoken < framesOfWord) return undefined;
    return this.#confirm();
  }

  /** The reply has been dropped and a new one may come, or the call is over. */
  reset(): void {
    this.#state = { kind: 'idle', speechFrames: 0 };
  }

  #listen({ probability, isEcho, isHum, atMs }: HeardFrame): Verdict | undefined {
    const { speechFrom, framesToDuck } = this.#policy;
    const before = this.#state.kind === 'idle' ? this.#state.speechFrames : 0;
    const speechFrames = probability >= speechFrom && !isEcho ? before + 1 : 0;
    if (speechFrames < framesToDuck * this.#warinessAt(atMs)) {
      this.#state = { kind: 'idle', speechFrames };
      return undefined;
    }
    const spoken = isHum ? 0 : speechFrames;
    this.#state = { kind: 'ducked', sinceMs: atMs, quietFrames: 0, spoken, surelySpoken: 0 };
    return 'duck';
  }

  #weigh({ probability, isHum, atMs }: HeardFrame, audible: boolean): Verdict | undefined {
    if (this.#state.kind !== 'ducked') return undefined;
    const { speechFrom, quietBelow, framesToConfirm, echoTailMs } = this.#policy;
    const { sinceMs } = this.#state;
    const quietFrames = probability < quietBelow ? this.#state.quietFrames + 1 : 0;
    const isSpoken = probability >= speechFrom && !isHum;
    const spoken = this.#state.spoken + (isSpoken ? 1 : 0);
    const isSure = isSpoken && atMs - sinceMs > echoTailMs;
    const surelySpoken = this.#state.surelySpoken + (isSure ? 1 : 0);
    if (surelySpoken >= framesToConfirm) return this.#confirm();
    if (quietFrames >= this.#patience(spoken) || !audible) {
      // What ended together with the sound was, as likely as not, its echo.
      if (surelySpoken === 0) this.#becomeWary(atMs);
      this.#state = { kind: 'idle', speechFrames: 0 };
      return 'restore';
    }
    this.#state = { kind: 'ducked', sinceMs, quietFrames, spoken, surelySpoken };
    return undefined;
  }

  #confirm(): Verdict {
    this.#state = { kind: 'confirmed' };
    this.#wariness = 1;
    return 'confirm';
  }

  /** Quiet frames that end it: few after a click, and the more the longer somebody has talked, up to a pause between words. */
  #patience(spoken: number): number {
    const { framesOfPause, framesToRestore } = this.#policy;
    return Math.min(framesOfPause, framesToRestore + Math.max(0, spoken - 1));
  }

  #becomeWary(atMs: number): void {
    this.#wariness = Math.min(mostWary, this.#warinessAt(atMs) * 2);
    this.#warySinceMs = atMs;
  }

  #warinessAt(atMs: number): number {
    const halvings = Math.floor((atMs - this.#warySinceMs) / calmsDownMs);
    return Math.max(1, this.#wariness / 2 ** halvings);
  }
}
