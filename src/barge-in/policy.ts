/** How readily the assistant gives way: what a person chooses. */
export const sensitivities = ['off', 'gentle', 'normal', 'eager'] as const;
export type Sensitivity = (typeof sensitivities)[number];

/** What one sensitivity means. Frames are the detector's, 32 ms each. */
export interface BargeInPolicy {
  /** A frame from this probability on counts as speech. */
  readonly speechFrom: number;
  /** Below this it counts as quiet; between the two it counts as neither. */
  readonly quietBelow: number;
  /** Frames of speech in a row that lower the assistant's voice. */
  readonly framesToDuck: number;
  /** Quiet frames in a row that bring it back after the shortest sound; one more for each further frame of speech. */
  readonly framesToRestore: number;
  /** Quiet frames in a row that bring it back however long somebody has talked. */
  readonly framesOfPause: number;
  /**
   * Speech that goes on while the assistant has been silent for this long, in ms, is not its echo: a room and a sound
   * device give back what was played within that time.
   */
  readonly echoTailMs: number;
  /** Frames of speech after that time which make the cut final, where no words do. */
  readonly framesToConfirm: number;
}

/**
 * A backchannel or a laugh lasts up to about a second, so what is to be kept through it asks for more. Nothing is lost by
 * waiting: the voice is lowered meanwhile, and recognised words make the cut final sooner.
 */
export const policies: Readonly<Record<Exclude<Sensitivity, 'off'>, BargeInPolicy>> = {
  gentle: {
    speechFrom: 0.7,
    quietBelow: 0.4,
    framesToDuck: 3,
    framesToRestore: 4,
    framesOfPause: 14,
    echoTailMs: 450,
    framesToConfirm: 44,
  },
  normal: {
    speechFrom: 0.5,
    quietBelow: 0.35,
    framesToDuck: 1,
    framesToRestore: 4,
    framesOfPause: 14,
    echoTailMs: 400,
    framesToConfirm: 39,
  },
  eager: {
    speechFrom: 0.5,
    quietBelow: 0.35,
    framesToDuck: 1,
    framesToRestore: 4,
    framesOfPause: 14,
    echoTailMs: 250,
    framesToConfirm: 36,
  },
};
