import { rocOf } from '../../src/lab/benchmark/scores.ts';

/** What a threshold lets through of speech and of the rest, as shares. */
interface Passed {
  readonly truePositives: number;
  readonly falsePositives: number;
}

/** One detector's answers to labelled frames. */
export interface Answers {
  readonly probabilities: readonly number[];
  readonly labels: readonly boolean[];
}

/** The area under the ROC curve: how often a frame of speech is given more than one without. Throws without both kinds. */
export function areaUnderRoc({ probabilities, labels }: Answers): number {
  const roc = rocOf(Uint8Array.from(labels, Number), Float32Array.from(probabilities));
  if (!roc) throw new RangeError('Speech and pauses are needed.');
  return roc.auc;
}

export function passedAt({ probabilities, labels }: Answers, threshold: number): Passed {
  const counts = { positive: 0, negative: 0, truePositive: 0, falsePositive: 0 };
  labels.forEach((isSpeech, i) => {
    const passes = at(probabilities, i) >= threshold ? 1 : 0;
    if (isSpeech) {
      counts.positive += 1;
      counts.truePositive += passes;
    } else {
      counts.negative += 1;
      counts.falsePositive += passes;
    }
  });
  return {
    truePositives: counts.truePositive / counts.positive,
    falsePositives: counts.falsePositive / counts.negative,
  };
}

/** The furthest that two curves lie apart at the same threshold, in either share, over a thousand thresholds. */
export function furthestApart(one: Answers, other: Answers): number {
  let furthest = 0;
  for (let step = 0; step <= 1000; step += 1) {
    const a = passedAt(one, step / 1000);
    const b = passedAt(other, step / 1000);
    furthest = Math.max(
      furthest,
      Math.abs(a.truePositives - b.truePositives),
      Math.abs(a.falsePositives - b.falsePositives),
    );
  }
  return furthest;
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? Number.NaN;
}
