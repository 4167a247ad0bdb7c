import { describe, expect, it } from 'vitest';
import { authorization, sessionUrl } from './endpoint.ts';
import { fromClose, fromErrorEvent, fromHandshake } from './failure.ts';
import { retryDelayMs } from './line.ts';

describe('the address', () => {
  it.each([
    ['https://r.services.ai.azure.com', 'wss://r.services.ai.azure.com/voice-live/realtime'],
    ['r.services.ai.azure.com/', 'wss://r.services.ai.azure.com/voice-live/realtime'],
    ['http://127.0.0.1:80/base/?api-key=x', 'ws://127.0.0.1/base/voice-live/realtime'],
  ])('%s', (endpoint, address) => {
    const url = sessionUrl(endpoint, '2026-04-10', 'gpt-realtime');
    expect(url.href).toBe(`${address}?api-version=2026-04-10&model=gpt-realtime`);
  });

  it('is refused where it is none', () => {
    expect(() => sessionUrl('ftp://x', 'v', 'm')).toThrow(/not an endpoint/);
  });
});

describe('credentials', () => {
  it('go into headers', async () => {
    expect(await authorization({ apiKey: 'k' })).toEqual({ 'api-key': 'k' });
    const getToken = () => Promise.resolve({ token: 't' });
    expect(await authorization({ entra: { getToken } })).toEqual({ authorization: 'Bearer t' });
  });

  it.each([
    ['CredentialUnavailableError', 'refused'],
    ['RestError', 'unreachable'],
  ])('that cannot be had (%s) are %s', async (name, kind) => {
    const getToken = () => Promise.reject(Object.assign(new Error('secret'), { name }));
    await expect(authorization({ entra: { getToken } })).rejects.toMatchObject({
      kind,
      message: expect.not.stringContaining('secret') as string,
    });
  });
});

describe('failures', () => {
  it.each([
    [401, 'refused'],
    [403, 'refused'],
    [404, 'settings'],
    [429, 'limited'],
    [503, 'unreachable'],
  ])('a handshake answered with %i is %s', (status, kind) => {
    const body = JSON.stringify({ error: { message: 'Because.' } });
    expect(fromHandshake(status, '7', body)).toMatchObject({
      kind,
      retryAfterMs: 7_000,
      message: expect.stringContaining('Because.') as string,
    });
  });

  it.each([
    [{ type: 'invalid_request_error', message: 'No.', param: 'session.voice' }, 'settings'],
    [{ type: 'server_error', code: 'rate_limit_exceeded', message: 'No.' }, 'limited'],
    [{ type: 'authentication_error', message: 'No.' }, 'refused'],
    [{ code: 'server_error', message: 'No.' }, 'service'],
  ])('an error event %j is %s', (error, kind) => {
    expect(fromErrorEvent(error).kind).toBe(kind);
  });

  it('of a line say how it ended', () => {
    expect(fromClose(1006, '').message).toMatch(/1006/);
    expect(fromClose(1013, 'busy')).toMatchObject({ kind: 'limited' });
  });

  it('are tried again later and later, and not before the service wishes', () => {
    expect([0, 1, 2, 20].map((failures) => retryDelayMs(failures, undefined, 0.5))).toEqual([
      500, 1_000, 2_000, 30_000,
    ]);
    expect(retryDelayMs(0, 7_000, 0.5)).toBe(7_000);
    expect(retryDelayMs(0, 3_600_000, 0.5)).toBe(120_000);
  });
});
