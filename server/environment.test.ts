import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultCacheFolder, EnvironmentError, readEnvironment } from './environment.ts';

function complaintsOf(variables: Record<string, string>): readonly string[] {
  try {
    readEnvironment(variables);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.sentences;
    throw error;
  }
  return [];
}

describe('the environment', () => {
  it('needs nothing to be set', () => {
    const { livekit, http, logLevel } = readEnvironment({});
    expect(livekit).toEqual({
      url: 'ws://localhost:7880',
      publicUrl: 'ws://localhost:7880',
      apiKey: 'devkey',
      apiSecret: 'secret',
      agentName: '',
      kind: 'own',
      port: 7880,
      udp: true,
      turn: undefined,
    });
    expect(http).toMatchObject({ host: 'localhost', port: 3000, manualConnect: true });
    expect(logLevel).toBe('warn');
  });

  it('takes an empty value as none', () => {
    expect(readEnvironment({ LIVEKIT_URL: '', PORT: ' ' })).toEqual(readEnvironment({}));
  });

  it('moves its own LiveKit to another port', () => {
    const { livekit } = readEnvironment({ PARLEY_LIVEKIT_PORT: '9000' });
    expect(livekit).toMatchObject({ url: 'ws://localhost:9000', port: 9000, kind: 'own' });
  });

  it('uses a given server, and tells browsers its public address', () => {
    const { livekit } = readEnvironment({
      LIVEKIT_URL: 'https://inside.example.com/',
      LIVEKIT_PUBLIC_URL: 'wss://outside.example.com',
      LIVEKIT_API_KEY: 'k',
      LIVEKIT_API_SECRET: 's',
    });
    expect(livekit).toMatchObject({
      url: 'wss://inside.example.com',
      publicUrl: 'wss://outside.example.com',
      kind: 'given',
    });
  });

  it('wants all that a TURN server over TLS needs, or nothing', () => {
    const whole = { PARLEY_TURN_DOMAIN: 'turn.example.com', PARLEY_TURN_CERT: '/a.pem' };
    expect(complaintsOf(whole)[0]).toMatch(/PARLEY_TURN_KEY belong together/);
    expect(readEnvironment({ ...whole, PARLEY_TURN_KEY: '/b.pem' }).livekit.turn).toEqual({
      domain: 'turn.example.com',
      port: 5349,
      certFile: '/a.pem',
      keyFile: '/b.pem',
    });
  });

  it('knows the keys of a development server on this machine only', () => {
    expect(readEnvironment({ LIVEKIT_URL: 'ws://127.0.0.1:7880' }).livekit.apiKey).toBe('devkey');
    expect(complaintsOf({ LIVEKIT_URL: 'wss://a.example.com' })[0]).toMatch(/LIVEKIT_API_KEY/);
  });

  it('wants a key and its secret together', () => {
    expect(complaintsOf({ LIVEKIT_API_KEY: 'k' })[0]).toMatch(/^LIVEKIT_API_SECRET is missing/);
  });

  it.each([
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '3000x'],
    ['PARLEY_LIVEKIT_PORT', '65534'],
    ['HOST', 'http://localhost'],
    ['LIVEKIT_URL', 'localhost:7880'],
    ['LIVEKIT_URL', 'ftp://example.com'],
    ['PARLEY_TOKEN_RATE', '-1'],
    ['PARLEY_MANUAL_CONNECT', 'yes'],
    ['PARLEY_EMBED_ORIGINS', '*'],
    ['PARLEY_EMBED_ORIGINS', 'https://*.example.com'],
    ['PARLEY_EMBED_ORIGINS', 'https://www.example.com/shop'],
    ['PARLEY_EMBED_ORIGINS', 'https://www.example.com, www.example.org'],
    // Browsers give no microphone to its pages.
    ['PARLEY_EMBED_ORIGINS', 'http://www.example.com'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%s, says what would be right, and repeats the value', (name, value) => {
    const [sentence] = complaintsOf({ [name]: value });
    expect(sentence).toMatch(new RegExp(`^${name} must be `));
    expect(sentence).toContain(`"${value}"`);
  });

  it('names every wrong value at once', () => {
    expect(complaintsOf({ PORT: 'a', LOG_LEVEL: 'b' })).toHaveLength(2);
  });

  it('never repeats a secret', () => {
    const [sentence] = complaintsOf({ PARLEY_TOKEN_SECRET: 'too-short' });
    expect(sentence).toMatch(/^PARLEY_TOKEN_SECRET must have at least 16 characters/);
    expect(sentence).not.toContain('too-short');
  });
});

describe('the cache folder', () => {
  it.each([
    ['linux', { XDG_CACHE_HOME: '/xdg' }, join('/xdg', 'parley')],
    ['linux', {}, join(homedir(), '.cache', 'parley')],
    ['darwin', {}, join(homedir(), 'Library', 'Caches', 'parley')],
    ['win32', { LOCALAPPDATA: 'C:\\Local' }, join('C:\\Local', 'parley')],
  ] as const)('lies where %s keeps such things', (platform, variables, folder) => {
    expect(defaultCacheFolder(variables, platform)).toBe(folder);
  });
});
