import { describe, expect, it } from 'vitest';
import { problemOfMicrophone } from './failure.ts';

describe('the problem of a microphone', () => {
  it.each([
    ['NotAllowedError', 'microphone_denied'],
    ['PermissionDeniedError', 'microphone_denied'],
    ['NotFoundError', 'microphone_missing'],
    ['DevicesNotFoundError', 'microphone_missing'],
    ['NotReadableError', 'microphone_busy'],
    ['TrackStartError', 'microphone_busy'],
    ['AbortError', 'microphone_busy'],
    ['OverconstrainedError', 'microphone_busy'],
  ])('%s is %s, with its cause', (name, code) => {
    expect(problemOfMicrophone(new DOMException('Why.', name))).toEqual({
      code,
      detail: `${name}: Why.`,
    });
  });

  it('is said even for what is no error at all', () => {
    expect(problemOfMicrophone(undefined).code).toBe('microphone_busy');
  });
});
