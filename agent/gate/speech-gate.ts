import { AudioFrame } from '@livekit/rtc-node';
import { durationMs } from '../providers/input-frame.ts';
import type { Gating } from './gating.ts';
import { PreRoll } from './pre-roll.ts';

/** Sound from before speech was noticed; the first sound of a word is often soft, and noticing takes a tenth of a second. */
const preRollMs = 300;
/** How much is kept in case the notice itself was held up on its way. */
const longestPreRollMs = 1000;

type State =
  /** Nobody says who speaks, so all passes. */
  | { readonly kind: 'open' }
  | { readonly kind: 'speaking' }
  /** Speech has ended, and the service is given what it needs to notice that. */
  | { readonly kind: 'trailing'; readonly passedMs: number }
  | { readonly kind: 'shut' };

/**
 * Lets the microphone through to a metered service around speech only. Nothing that passes is delayed: the pre-roll goes
 * in one piece with the first frame of speech, and from then on each frame goes as it comes.
 */
export class SpeechGate {
  readonly #gating: () => Gating;
  readonly #preRoll: PreRoll;
  #state: State = { kind: 'open' };
  #dueMs = preRollMs;
  #serviceHearsSpeech = false;

  /** `gating` is asked anew for each frame, since settings change; `now` is any steady clock, in ms. */
  constructor(gating: () => Gating, now: () => number = () => performance.now()) {
    this.#gating = gating;
    this.#preRoll = new PreRoll(longestPreRollMs, now);
  }

  /** Speech has begun. `latenessMs`: how long the notice of it was held up. */
  started(latenessMs = 0): void {
    if (this.#state.kind === 'shut') this.#dueMs = preRollMs + latenessMs;
    this.#state = { kind: 'speaking' };
  }

  stopped(): void {
    if (this.#state.kind !== 'shut') this.#state = { kind: 'trailing', passedMs: 0 };
  }

  /** There is nobody any more who tells speech from silence. */
  open(): void {
    this.#state = { kind: 'open' };
  }

  /** What a service that tells has told: that it hears a turn begin, or has found its end. */
  serviceHears(speech: boolean): void {
    const ended = this.#serviceHearsSpeech && !speech;
    this.#serviceHearsSpeech = speech;
    if (ended && this.#state.kind === 'trailing') this.#state = { kind: 'shut' };
  }

  /** What is to be sent of this frame and, when speech has just begun, of the last before it. */
  pass(frame: AudioFrame): AudioFrame[] {
    const gating = this.#gating();
    if (gating.kind === 'none') return [frame];
    switch (this.#state.kind) {
      case 'open':
      case 'speaking': {
        const early = this.#preRoll.take(this.#dueMs);
        this.#dueMs = preRollMs;
        return [...early, frame];
      }
      case 'trailing':
        return this.#trail(frame, this.#state.passedMs, gating);
      case 'shut':
        this.#preRoll.keep(frame);
        return gating.between === 'silence' ? [silenceLike(frame)] : [];
    }
  }

  #trail(
    frame: AudioFrame,
    before: number,
    gating: Extract<Gating, { kind: 'speech' }>,
  ): AudioFrame[] {
    const passedMs = before + durationMs(frame);
    this.#state = { kind: 'trailing', passedMs };
    if (before < gating.soundMs) return [frame];
    this.#preRoll.keep(frame);
    // A service that heard a turn begin waits for its end, and nobody tells how long.
    const longest = this.#serviceHearsSpeech ? gating.untilToldMs : 0;
    if (before >= Math.max(gating.soundMs + gating.silenceMs, longest)) {
      this.#state = { kind: 'shut' };
      return gating.between === 'silence' ? [silenceLike(frame)] : [];
    }
    return [silenceLike(frame)];
  }
}

function silenceLike({ data, sampleRate, channels, samplesPerChannel }: AudioFrame): AudioFrame {
  return new AudioFrame(new Int16Array(data.length), sampleRate, channels, samplesPerChannel);
}
