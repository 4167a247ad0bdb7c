import { describe, expect, it } from 'vitest';
import { checkForm, formProblems, mendable } from './room-form.ts';

const nowMs = Date.UTC(2026, 0, 1);
const page = { protocol: 'http:' };
const token = (payload: object): string => ['e30', btoa(JSON.stringify(payload)), 'c2ln'].join('.');
const good = token({ exp: nowMs / 1000 + 60, video: { room: 'kitchen', roomJoin: true } });

describe('checkForm', () => {
  it('finds nothing wrong with a good address and token', () => {
    expect(checkForm({ serverUrl: 'ws://localhost:7880', token: good }, nowMs, page)).toEqual({});
  });

  it('asks for each field that is empty', () => {
    const problems = checkForm({ serverUrl: ' ', token: '' }, nowMs, page);
    expect(Object.keys(problems)).toEqual(['serverUrl', 'token']);
  });

  it('says a wrong address at the address and a wrong token at the token', () => {
    expect(checkForm({ serverUrl: 'kitchen', token: good }, nowMs, page)).toHaveProperty(
      'serverUrl',
    );
    expect(
      checkForm({ serverUrl: 'ws://localhost:7880', token: 'abc' }, nowMs, page),
    ).toHaveProperty('token');
  });
});

describe('formProblems', () => {
  it('takes what a server refused back to the field, and leaves the rest to the banners', () => {
    expect(formProblems([{ code: 'token_invalid', detail: 'secret-ish text' }]).token).not.toMatch(
      /secret/,
    );
    expect(formProblems([{ code: 'microphone_denied' }])).toEqual({});
    expect(mendable([{ code: 'microphone_denied' }])).toBe(false);
    expect(mendable([{ code: 'server_unreachable' }])).toBe(true);
  });
});
