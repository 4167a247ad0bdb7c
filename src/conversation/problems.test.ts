import { describe, expect, it } from 'vitest';
import { lastingProblems, problemOfStorage, withoutProblems, withProblem } from './problems.ts';

describe('the problems that are shown', () => {
  it('hold each problem once, with its latest cause', () => {
    const first = withProblem([], { code: 'assistant_absent' });
    const second = withProblem(first, { code: 'assistant_absent', detail: 'HTTP 503' });
    expect(second).toEqual([{ code: 'assistant_absent', detail: 'HTTP 503' }]);
  });

  it('stay the same list when nothing changes', () => {
    const problems = withProblem([], { code: 'unknown', detail: 'x' });
    expect(withProblem(problems, { code: 'unknown', detail: 'x' })).toBe(problems);
    expect(withoutProblems(problems, ['token_expired'])).toBe(problems);
  });

  it('go away by their codes', () => {
    const problems = withProblem(withProblem([], { code: 'unknown' }), { code: 'sound_blocked' });
    expect(withoutProblems(problems, ['unknown', 'rate_limited'])).toEqual([
      { code: 'sound_blocked' },
    ]);
  });

  it('say what a library said of them in one line, and no token of it', () => {
    const detail = 'Refused: Bearer abcdefgh12345678\n    at join (room.js:1:2)';
    expect(withProblem([], { code: 'unknown', detail })).toEqual([
      { code: 'unknown', detail: 'Refused: (hidden)' },
    ]);
  });

  it('last beyond the call where they are about what is kept', () => {
    const problems = withProblem([{ code: 'assistant_absent' }], { code: 'storage_full' });
    expect(lastingProblems(problems)).toEqual([{ code: 'storage_full' }]);
  });
});

it.each([
  ['storage_full', 'The current transaction exceeded its quota limitations.'],
  ['storage_full', 'Encountered full disk while opening backing store for indexedDB.open.'],
  ['storage_unavailable', 'The operation is insecure.'],
  [
    'storage_unavailable',
    'A mutation operation was attempted on a database that did not allow mutations.',
  ],
])('%s is what a browser means by "%s"', (code, reason) => {
  expect(problemOfStorage(reason)).toEqual({ code, detail: reason });
});
