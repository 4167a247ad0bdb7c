import { describe, expect, it } from 'vitest';
import { readLabels } from './labels.ts';
import {
  confusionOf,
  edgeErrorsOf,
  framesIn,
  quantile,
  rocOf,
  scoredFrames,
  scoresOf,
} from './scores.ts';

describe('labels', () => {
  it('are read from RTTM, of several recordings, with voices that overlap', () => {
    const text = [
      ';; made by hand',
      'SPEAKER a 1 1.5 2.0 <NA> <NA> anna <NA> <NA>',
      'SPEAKER b 1 0 1 <NA> <NA> anna <NA> <NA>',
      'SPEAKER a 1 3.0 1.0 <NA> <NA> ben <NA> <NA>',
    ].join('\n');
    expect(readLabels('all.rttm', text)).toEqual([
      { of: 'a', speech: [{ startMs: 1500, endMs: 4000 }] },
      { of: 'b', speech: [{ startMs: 0, endMs: 1000 }] },
    ]);
  });

  it('are read from an Audacity label track', () => {
    expect(readLabels('talk.one.txt', '0.5\t1.25\tspeech\r\n\\\t0\t8000\r\n2\t3\t\r\n')).toEqual([
      {
        of: 'talk.one',
        speech: [
          { startMs: 500, endMs: 1250 },
          { startMs: 2000, endMs: 3000 },
        ],
      },
    ]);
  });

  it('are refused with the line that is wrong', () => {
    expect(() => readLabels('x.txt', '0\t1\ta\n2\tsoon\tb')).toThrow('Line 2');
    expect(() => readLabels('x.rttm', 'nothing')).toThrow('no SPEAKER line');
  });
});

describe('scores', () => {
  it('count a frame by what most of it is', () => {
    expect([...framesIn([{ startMs: 20, endMs: 84 }], 4)]).toEqual([0, 1, 1, 0]);
    expect([...framesIn([{ startMs: 0, endMs: 1e6 }], 2)]).toEqual([1, 1]);
  });

  it('leave out the frames whose middle lies within the collar of an edge', () => {
    const speech = [{ startMs: 64, endMs: 192 }];
    expect([...scoredFrames(speech, 8, 0)]).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    expect([...scoredFrames(speech, 8, 20)]).toEqual([1, 0, 0, 1, 1, 0, 0, 1]);
  });

  it('are those of the book', () => {
    const confusion = confusionOf(Uint8Array.of(1, 1, 1, 0, 0), Uint8Array.of(1, 1, 0, 1, 0));
    expect(confusion).toEqual({ hits: 2, falseAlarms: 1, misses: 1, rejections: 1 });
    expect(scoresOf(confusion)).toEqual({ precision: 2 / 3, recall: 2 / 3, f1: 2 / 3 });
  });

  it('give an area of 1 for a perfect rating, 0.5 for none, and count ties half', () => {
    const truth = Uint8Array.of(0, 0, 1, 1);
    expect(rocOf(truth, Float32Array.of(0.1, 0.2, 0.3, 0.9))?.auc).toBe(1);
    expect(rocOf(truth, Float32Array.of(7, 7, 7, 7))?.auc).toBe(0.5);
    expect(rocOf(truth, Float32Array.of(0.1, 0.5, 0.5, 0.9))?.auc).toBe(0.875);
    expect(rocOf(Uint8Array.of(1, 1), Float32Array.of(1, 2))).toBeUndefined();
  });

  it('tell how far the edges are off', () => {
    const truth = [
      { startMs: 1000, endMs: 2000 },
      { startMs: 5000, endMs: 6000 },
    ];
    const found = [
      { startMs: 1100, endMs: 1400 },
      { startMs: 1600, endMs: 2200 },
    ];
    expect(edgeErrorsOf(truth, found)).toEqual({ onsetsMs: [100], offsetsMs: [200], missed: 1 });
  });

  it('find the middle', () => {
    expect(quantile([3, 1, 2], 0.5)).toBe(2);
    expect(quantile([], 0.5)).toBeNaN();
  });
});
