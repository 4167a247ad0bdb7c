import { describe, expect, it } from 'vitest';
import {
  defaultSegmentSettings,
  Segmenter,
  segmentsOf,
  speechMsOf,
  thresholdOf,
  type Segment,
  type SegmentSettings,
} from './segments.ts';

/** Rows such as `'20 silence, 30 speech'`, in frames of 32 ms. */
function probabilities(row: string): Float32Array {
  const levels: Record<string, number> = { silence: 0.02, speech: 0.9, doubtful: 0.2 };
  return Float32Array.from(
    row.split(', ').flatMap((part) => {
      const [count, what = ''] = part.split(' ');
      return new Array<number>(Number(count)).fill(levels[what] ?? Number.NaN);
    }),
  );
}

const bare: SegmentSettings = { sensitivity: 0.7, minSpeechMs: 0, minSilenceMs: 0, paddingMs: 0 };

describe('the threshold', () => {
  it.each([
    [0.7, 0.3],
    [0.5, 0.5],
    [0, 0.99],
    [1, 0.01],
  ])('of a sensitivity of %f is %f', (sensitivity, threshold) => {
    expect(thresholdOf(sensitivity)).toBe(threshold);
  });

  it.each([-0.1, 1.1, Number.NaN])('of a sensitivity of %f is none', (sensitivity) => {
    expect(() => thresholdOf(sensitivity)).toThrow('from 0 to 1');
  });
});

describe('segments', () => {
  it('begin and end with the frames that hold them', () => {
    expect(segmentsOf(probabilities('10 silence, 20 speech, 10 silence'), bare)).toEqual([
      { startMs: 320, endMs: 960 },
    ]);
  });

  it('last through frames a little below the threshold, and do not begin with them', () => {
    const row = probabilities('10 doubtful, 5 speech, 10 doubtful, 5 silence');
    expect(segmentsOf(row, bare)).toEqual([{ startMs: 320, endMs: 800 }]);
  });

  it('go on over a pause that is shorter than the minimum silence', () => {
    const row = probabilities('10 speech, 3 silence, 10 speech, 4 silence, 10 speech');
    expect(segmentsOf(row, { ...bare, minSilenceMs: 100 })).toEqual([
      { startMs: 0, endMs: 23 * 32 },
      { startMs: 27 * 32, endMs: 37 * 32 },
    ]);
  });

  it('are dropped when they are too short', () => {
    const row = probabilities('10 silence, 7 speech, 10 silence, 8 speech, 10 silence');
    expect(segmentsOf(row, { ...bare, minSpeechMs: 250 })).toEqual([
      { startMs: 27 * 32, endMs: 35 * 32 },
    ]);
  });

  it('are padded within the recording, and joined where they meet', () => {
    const row = probabilities('1 silence, 10 speech, 3 silence, 10 speech, 8 silence, 10 speech');
    expect(segmentsOf(row, { ...bare, paddingMs: 48 })).toEqual([
      { startMs: 0, endMs: 24 * 32 + 48 },
      { startMs: 32 * 32 - 48, endMs: 42 * 32 },
    ]);
  });

  it('end with the recording, even within a frame', () => {
    expect(segmentsOf(probabilities('10 silence, 20 speech'), bare, 950)).toEqual([
      { startMs: 320, endMs: 950 },
    ]);
  });

  it('are none in silence, nor in nothing at all', () => {
    expect(segmentsOf(probabilities('40 silence'), defaultSegmentSettings)).toEqual([]);
    expect(segmentsOf(new Float32Array(), defaultSegmentSettings)).toEqual([]);
  });

  it('add up to the time of speech', () => {
    const row = probabilities('10 silence, 20 speech, 10 silence, 20 speech');
    expect(speechMsOf(segmentsOf(row, bare))).toBe(40 * 32);
  });
});

describe('frame by frame', () => {
  it('gives each segment once, in order, apart from each other, whatever the settings', () => {
    let state = 7;
    const random = (): number =>
      (state = (Math.imul(state, 48_271) >>> 0) % 2_147_483_647) / 2 ** 31;
    for (let round = 0; round < 200; round += 1) {
      const row = Float32Array.from({ length: 300 }, () => random() ** 2);
      const settings: SegmentSettings = {
        sensitivity: random(),
        minSpeechMs: random() * 200,
        minSilenceMs: random() * 200,
        paddingMs: random() * 300,
      };
      const segmenter = new Segmenter(settings);
      const found: Segment[] = [];
      for (const probability of row) {
        const segment = segmenter.feed(probability);
        if (segment) found.push(segment);
      }
      found.push(...segmenter.finish());
      expect(found).toEqual(segmentsOf(row, settings));
      found.forEach(({ startMs, endMs }, i) => {
        expect(endMs - startMs).toBeGreaterThanOrEqual(Math.min(settings.minSpeechMs, 1));
        expect(startMs).toBeGreaterThan(found[i - 1]?.endMs ?? -1);
      });
    }
  });

  it('gives a segment out as soon as nothing can change it', () => {
    const segmenter = new Segmenter({ ...bare, minSilenceMs: 96, paddingMs: 64 });
    const given = [...probabilities('10 speech, 20 silence')].map(
      (probability) => segmenter.feed(probability) !== undefined,
    );
    // The padding of what might follow reaches the end of this one's for four frames.
    expect(given.indexOf(true)).toBe(14);
    expect(segmenter.finish()).toEqual([]);
  });

  it('says whether it hears speech', () => {
    const segmenter = new Segmenter({ ...bare, minSilenceMs: 64 });
    const said = [...probabilities('1 silence, 2 speech, 3 silence')].map((probability) => {
      segmenter.feed(probability);
      return segmenter.speaking;
    });
    expect(said).toEqual([false, true, true, true, false, false]);
    expect(segmenter.timeMs).toBe(192);
  });
});

it('refuses a negative duration', () => {
  expect(() => new Segmenter({ ...bare, paddingMs: -1 })).toThrow(RangeError);
});
