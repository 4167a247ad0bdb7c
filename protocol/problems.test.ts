import { describe, expect, it } from 'vitest';
import { problemsInEnglish } from './problems.en.ts';
import { problemCode, problemKinds, type ProblemWords } from './problems.ts';
import { problemsInVietnamese } from './problems.vi.ts';

const languages: [string, ProblemWords][] = [
  ['English', problemsInEnglish],
  ['Vietnamese', problemsInVietnamese],
];

describe.each(languages)('the problems in %s', (_, words) => {
  it.each(problemCode.options)('say what is wrong with %s, and what to do', (code) => {
    const { title, advice } = words[code];
    expect(title).toMatch(/^\p{Lu}.*[^.]$/u);
    expect(advice).toMatch(/^\p{Lu}.{10,}\.$/u);
  });

  it('can be told apart by their titles', () => {
    const titles = problemCode.options.map((code) => words[code].title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

it.each(problemCode.options)('%s reads otherwise in Vietnamese than in English', (code) => {
  expect(problemsInVietnamese[code].title).not.toBe(problemsInEnglish[code].title);
  expect(problemsInVietnamese[code].advice).not.toBe(problemsInEnglish[code].advice);
  expect(problemsInVietnamese[code].advice).toMatch(/[ăâđêôơưạảãàáằấầẩậếềểệịỏốồổộớờợụủứừựỳý]/u);
});

it('leaves nobody whose wish failed without a way on', () => {
  const stuck = problemCode.options.filter((code) => {
    const { severity, wayOn } = problemKinds[code];
    return severity === 'error' && wayOn === 'goes_on';
  });
  // Its way on is its own: the worker starts it again.
  expect(stuck).toEqual(['engine_unavailable']);
});
