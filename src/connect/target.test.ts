import { AccessToken } from 'livekit-server-sdk';
import { describe, expect, it } from 'vitest';
import { checkTarget, hasExpired, roomOfToken } from './target.ts';

const nowMs = Date.now();
const onLocalhost = { protocol: 'http:' };

async function tokenFor(grant: { room?: string; roomJoin?: boolean }, ttl = 600): Promise<string> {
  const token = new AccessToken('devkey', 'a-secret-of-some-length-for-the-test', {
    identity: 'person',
    ttl,
  });
  token.addGrant(grant);
  return token.toJwt();
}

const goodToken = () => tokenFor({ room: 'room-1', roomJoin: true });

describe('an address', () => {
  it.each([
    'ws://localhost:7880',
    'wss://example.org',
    'https://example.org',
    ' wss://example.org ',
  ])('%s is good', async (serverUrl) => {
    expect(
      checkTarget({ serverUrl, token: await goodToken() }, nowMs, onLocalhost),
    ).toBeUndefined();
  });

  it.each([
    '',
    'localhost:7880',
    'example.org',
    'ftp://example.org',
    'javascript:alert(1)',
    'wss://',
  ])('"%s" is none', async (serverUrl) => {
    expect(checkTarget({ serverUrl, token: await goodToken() }, nowMs, onLocalhost)).toMatchObject({
      code: 'server_url_invalid',
    });
  });

  it('without encryption is out of reach of an encrypted page, unless it is this machine', async () => {
    const token = await goodToken();
    const encrypted = { protocol: 'https:' };
    const check = (serverUrl: string) => checkTarget({ serverUrl, token }, nowMs, encrypted)?.code;
    expect(check('ws://example.org')).toBe('server_url_invalid');
    expect(check('ws://localhost:7880')).toBeUndefined();
    expect(check('ws://127.0.0.1:7880')).toBeUndefined();
    expect(check('wss://example.org')).toBeUndefined();
  });
});

describe('a token', () => {
  const check = (token: string, atMs = nowMs) =>
    checkTarget({ serverUrl: 'ws://localhost:7880', token }, atMs, onLocalhost);

  it('for a room is good, with spaces around it too', async () => {
    expect(check(`  ${await goodToken()}\n`)).toBeUndefined();
    expect(roomOfToken(await goodToken())).toBe('room-1');
  });

  it('that has run out is expired', async () => {
    const token = await goodToken();
    expect(check(token, nowMs + 599_000)).toBeUndefined();
    expect(check(token, nowMs + 700_000)?.code).toBe('token_expired');
    expect(hasExpired(token, nowMs + 599_000)).toBe(false);
    expect(hasExpired(token, nowMs + 700_000)).toBe(true);
  });

  it.each(['', 'abc', 'a.b', 'a.b.c', 'a.b.c.d', 'eyJhbGciOiJIUzI1NiJ9.bm90IGpzb24.sig'])(
    '"%s" is malformed',
    (token) => {
      expect(check(token)?.code).toBe('token_malformed');
      expect(roomOfToken(token)).toBe('');
    },
  );

  it('that names no room or lets nobody in is malformed', async () => {
    expect(check(await tokenFor({ roomJoin: true, room: '' }))?.code).toBe('token_malformed');
    expect(check(await tokenFor({ room: 'room-1' }))?.code).toBe('token_malformed');
  });

  it('is checked before any server is asked, with the address first', () => {
    expect(
      checkTarget({ serverUrl: 'nonsense', token: 'nonsense' }, nowMs, onLocalhost)?.code,
    ).toBe('server_url_invalid');
  });
});
