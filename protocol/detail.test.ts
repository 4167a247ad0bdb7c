import { describe, expect, it } from 'vitest';
import { plainDetail } from './detail.ts';

describe('the detail of a problem', () => {
  it('is what the error says, without where it was thrown', () => {
    const error = new TypeError('Failed to fetch\n    at post (server.ts:52:9)');
    expect(plainDetail(error)).toBe('Failed to fetch');
    expect(plainDetail('Refused.')).toBe('Refused.');
    expect(plainDetail(new DOMException('', 'AbortError'))).toBe('AbortError');
  });

  it.each([
    [
      'invalid token: eyJhbGciOiJIUzI1NiJ9.eyJ2aWRlbyI6e30sImV4cCI6MX0.cZeXpl3SgnatureXexpX0123456789, error: signature',
      'invalid token: (token), error: signature',
    ],
    ['401: Authorization: Bearer abcdef0123456789', '401: Authorization (hidden)'],
    ['{"api-key":"0123456789abcdef"} was refused', '{"api-key (hidden)} was refused'],
    ['Incorrect API key provided: sk-proj-abcdefghijklmnop', 'Incorrect API key provided: (key)'],
    [
      'wss://x.example/?access_token=abcdefgh12345678&x=1',
      'wss://x.example/?access_token (hidden)&x=1',
    ],
  ])('says nothing secret: %s', (said, shown) => {
    expect(plainDetail(said)).toBe(shown);
  });

  it('leaves ordinary words and numbers as they are', () => {
    const said = 'HTTP 503 from bedrock-runtime.eu-north-1.amazonaws.com, request 1a2b3c4d';
    expect(plainDetail(said)).toBe(said);
  });

  it('is of a length that can be read', () => {
    expect(plainDetail('x'.repeat(1000))).toHaveLength(300);
  });
});
