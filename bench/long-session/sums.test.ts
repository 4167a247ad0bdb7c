import { describe, expect, it } from 'vitest';
import { disorderIn, sumOf } from './sums.ts';

const turn = (index: number): string[] => {
  const { question, answer } = sumOf(index);
  const grouped = answer.replace(/(\d)(\d{3})$/, '$1,$2');
  const reply = `[10:00:01] Assistant: That [cut off, not heard: is ${grouped}.]`;
  return [`[10:00:00] You: ${question}`, reply];
};
const wrong = (lines: string[]): Record<string, readonly number[]> => {
  const all = Object.entries<readonly number[]>({ ...disorderIn(lines.join('\n'), 3) });
  return Object.fromEntries(all.filter(([, turns]) => turns.length > 0));
};

describe('the order of a long transcript', () => {
  it('is right where each question is followed by its answer', () => {
    expect(wrong([...turn(0), ...turn(1), ...turn(2)])).toEqual({});
  });

  it('tells what is there twice, and what is missing', () => {
    expect(wrong([...turn(0), ...turn(1), ...turn(1), ...turn(2)])).toEqual({
      miscounted: [1],
      repeated: [1],
    });
    expect(wrong([...turn(0), ...turn(2)])).toEqual({
      miscounted: [1],
      misplaced: [1],
      unanswered: [1],
    });
  });

  it('tells what stands in the wrong place', () => {
    expect(wrong([...turn(1), ...turn(0), ...turn(2)])).toEqual({ misplaced: [1] });
    const [question = '', answer = ''] = turn(1);
    expect(wrong([...turn(0), answer, question, ...turn(2)])).toEqual({ unanswered: [1] });
  });
});
