import { expect, test } from 'vitest';
import { classify, lost } from './errors.ts';
import { defaultLimits } from './options.ts';
import { retryDelayMs } from './retry.ts';

function thrown(name: string, message = 'x', status?: number): Error {
  return Object.assign(new Error(message), {
    name,
    ...(status && { $metadata: { httpStatusCode: status } }),
  });
}

test.each([
  ['AccessDeniedException', 'refused', false],
  ['ExpiredTokenException', 'refused', false],
  ['ThrottlingException', 'limited', true],
  ['ServiceQuotaExceededException', 'limited', true],
  ['ServiceUnavailableException', 'unreachable', true],
  ['ModelTimeoutException', 'failed', true],
  ['ModelStreamErrorException', 'failed', true],
  ['InternalServerException', 'failed', true],
  ['ResourceNotFoundException', 'failed', false],
  ['Error', 'unreachable', true],
])('%s is %s; worth a quick try: %s', (name, kind, retryable) => {
  expect(classify(thrown(name))).toMatchObject({ kind, retryable });
});

test('takes only known validation errors as passing', () => {
  for (const message of [
    'InternalErrorCode=531::RST_STREAM closed stream. HTTP/2 error code: NO_ERROR',
    'System instability detected',
    'Tool Response parsing error',
    'Timed out waiting for audio bytes or interactive content',
  ]) {
    expect(classify(thrown('ValidationException', message)).retryable).toBe(true);
  }
  expect(classify(thrown('ValidationException', 'Invalid input request')).retryable).toBe(false);
});

test('sorts a name that it does not know by its status', () => {
  expect(classify(thrown('Strange', 'x', 403)).kind).toBe('refused');
  expect(classify(thrown('Strange', 'x', 429)).kind).toBe('limited');
  expect(classify(thrown('Strange', 'x', 400)).kind).toBe('failed');
  expect(classify(thrown('Strange', 'x', 503)).kind).toBe('unreachable');
});

test('tries at once, then after 1 s and 3 s, then with long pauses', () => {
  const error = lost('x');
  const delays = [1, 2, 3, 4, 50].map((failures) => retryDelayMs(failures, error, defaultLimits));
  expect(delays).toEqual([0, 1000, 3000, 15_000, 15_000]);
});

test('waits long where a quick try makes no sense, and for ever where none does', () => {
  const invalid = classify(thrown('ValidationException', 'Invalid input request'));
  expect(retryDelayMs(1, invalid, defaultLimits)).toBe(15_000);
  expect(retryDelayMs(1, classify(thrown('AccessDeniedException')), defaultLimits)).toBeUndefined();
});
