import { describe, expect, it } from 'vitest';
import { scrubbed, secretsOf } from './secrets.ts';

const environment = {
  OPENAI_API_KEY: 'sk-live-"quoted"/and+more',
  LIVEKIT_API_SECRET: 'a-secret-of-livekit',
  AWS_SESSION_TOKEN: 'FwoGZXIvYXdzEBYaD',
  OPENAI_BASE_URL: 'https://api.example.com/v1',
  SHORT_KEY: 'devkey',
};

describe('what is written down', () => {
  const secrets = secretsOf(environment);

  it.each([
    ['as it is', (secret: string) => `failed with ${secret}.`],
    ['inside JSON', (secret: string) => JSON.stringify({ error: secret })],
    ['in an address', (secret: string) => `GET /x?a=${encodeURIComponent(secret)}`],
    ['in base64', (secret: string) => `Basic ${Buffer.from(secret).toString('base64')}`],
  ])('holds no secret of the environment %s', (_form, line) => {
    for (const name of ['OPENAI_API_KEY', 'LIVEKIT_API_SECRET', 'AWS_SESSION_TOKEN'] as const) {
      const clean = scrubbed(line(environment[name]), secrets);
      expect(clean).not.toContain(environment[name]);
      expect(clean).toContain('•••');
    }
  });

  it.each([
    ['{"authorization":"Bearer abcdefgh12345"}', '{"authorization":"Bearer •••"}'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln and more', '••• and more'],
    [
      'wss://x.example/rtc?access_token=abc123&sdk=js',
      'wss://x.example/rtc?access_token=•••&sdk=js',
    ],
    ['/#url=wss://x&token=abc', '/#url=wss://x&token=•••'],
  ])('hides what has the form of a credential in %s', (line, clean) => {
    expect(scrubbed(line, secrets)).toBe(clean);
  });

  it('keeps what is no secret', () => {
    const line =
      'devkey reached https://api.example.com/v1 with the token of parley-0a1b: no bearer.';
    expect(scrubbed(line, secrets)).toBe(line);
  });
});
