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
  /** Quiet frames in a row that bring it back. */
  readonly framesToRestore: number;
  /**
   * Speech that goes on while the assistant has been silent for this long, in ms, is not its echo: a room and a sound
   * device give back what was played within that time.
   */
  readonly echoTailMs: number;
  /** Frames of speech after that time which make the cut final. */
  readonly framesToConfirm: number;
}

/** A backchannel ("mm-hm") lasts up to about half a second, so what is to be kept through it asks for more. */
export const policies: Readonly<Record<Exclude<Sensitivity, 'off'>, BargeInPolicy>> = {
  gentle: {
    speechFrom: 0.7,
    quietBelow: 0.4,
    framesToDuck: 3,
    framesToRestore: 4,
    echoTailMs: 450,
    framesToConfirm: 16,
  },
  normal: {
    speechFrom: 0.5,
    quietBelow: 0.35,
    framesToDuck: 1,
    framesToRestore: 4,
    echoTailMs: 400,
    framesToConfirm: 8,
  },
  eager: {
    speechFrom: 0.5,
    quietBelow: 0.35,
    framesToDuck: 1,
    framesToRestore: 4,
    echoTailMs: 250,
    framesToConfirm: 4,
  },
};
