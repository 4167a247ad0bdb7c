import { describe, expect, it } from 'vitest';
import { withMaskStepOfOne } from './mask-step.ts';
import { PreparationError } from './preparation-error.ts';

const step = [8, 0, 0, 0, 0x80, 1, 0, 0, 0, 0, 0, 0];

describe("the step over the decoder's mask", () => {
  it('becomes one at both places, and nothing else changes', () => {
    const shipped = Uint8Array.from([1, ...step, 2, 3, ...step, 4]);
    const before = Uint8Array.from(shipped);
    const one = [8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0];
    expect([...withMaskStepOfOne(shipped)]).toEqual([1, ...one, 2, 3, ...one, 4]);
    expect(shipped).toEqual(before);
  });

  it.each([0, 1, 3])('is left alone when it is found %i times', (times) => {
    const file = Uint8Array.from(Array.from({ length: times }, () => [...step, 9]).flat());
    expect(() => withMaskStepOfOne(file)).toThrow(PreparationError);
  });
});
