/** How far the lips are apart and how far they are drawn to the sides, each 0 to 1. */
export interface Mouth {
  readonly open: number;
  readonly wide: number;
}

/**
 * Azure's mouth shapes by their number, 0 to 21.
 * https://learn.microsoft.com/azure/ai-services/speech-service/how-to-speech-synthesis-viseme
 */
const shapes: readonly Mouth[] = (
  [
    [0, 0.5],
    [0.5, 0.6],
    [0.9, 0.6],
    [0.7, 0.35],
    [0.45, 0.6],
    [0.35, 0.4],
    [0.25, 0.85],
    [0.2, 0.1],
    [0.55, 0.2],
    [0.7, 0.4],
    [0.55, 0.35],
    [0.8, 0.6],
    [0.4, 0.5],
    [0.25, 0.35],
    [0.3, 0.55],
    [0.12, 0.75],
    [0.2, 0.25],
    [0.2, 0.55],
    [0.1, 0.5],
    [0.15, 0.55],
    [0.25, 0.5],
    [0, 0.5],
  ] as const
).map(([open, wide]) => ({ open, wide }));

export const shutMouth: Mouth = { open: 0, wide: 0.5 };

/** The last shape of a reply stands no longer than this, in ms. */
const longestShapeMs = 400;

interface Timed {
  readonly mouth: Mouth;
  readonly offsetMs: number;
}

/** The mouth that goes with the voice. Shapes are told ahead of the sound, one reply after another. */
export class SpokenMouth {
  #replies: Timed[][] = [];
  #heard = false;

  /** `offsetMs` into the sound of its reply; a step back begins the next one. */
  told(visemeId: number, offsetMs: number): void {
    const shape = { mouth: shapes[visemeId] ?? shutMouth, offsetMs };
    const reply = this.#replies[this.#replies.length - 1];
    const before = reply?.[reply.length - 1];
    if (reply && before && offsetMs >= before.offsetMs) reply.push(shape);
    else this.#replies.push([shape]);
  }

  /** `heardMs`: how much of the reply has sounded; undefined while none does. */
  at(heardMs: number | undefined): Mouth {
    if (heardMs === undefined) {
      if (this.#heard) this.#replies = this.#replies.slice(1);
      this.#heard = false;
      return shutMouth;
    }
    this.#heard = true;
    const now = this.#replies[0]?.findLast(({ offsetMs }) => offsetMs <= heardMs);
    return now && heardMs - now.offsetMs < longestShapeMs ? now.mouth : shutMouth;
  }

  /** What was told will not be heard. */
  forget(): void {
    this.#replies = [];
    this.#heard = false;
  }
}
