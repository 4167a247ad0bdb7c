import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requestDispatch, requestToken } from './server.ts';

let reply = { status: 200, body: '{}' };
let asked: { url: string; authorization: string | null; body: string }[] = [];
const networkFetch = globalThis.fetch;

beforeEach(() => {
  asked = [];
  // The page's server as the browser hands it on: its status and its body.
  globalThis.fetch = async (path, init) => {
    const request = new Request(new URL(path as string, 'http://localhost'), init);
    asked.push({
      url: new URL(request.url).pathname,
      authorization: request.headers.get('Authorization'),
      body: await request.text(),
    });
    return new Response(reply.body, { status: reply.status });
  };
});

afterEach(() => {
  globalThis.fetch = networkFetch;
});

const never = new AbortController().signal;
const refusal = (code: string) => JSON.stringify({ error: { code, message: 'Because.' } });

describe('asking for a token', () => {
  it('gives the address and the token', async () => {
    reply = { status: 200, body: '{"server_url":"ws://x","participant_token":"a.b.c"}' };
    expect(await requestToken({ room_name: 'room-1' }, never)).toEqual({
      ok: true,
      value: { serverUrl: 'ws://x', token: 'a.b.c' },
    });
    expect(asked).toEqual([
      { url: '/api/token', authorization: null, body: '{"room_name":"room-1"}' },
    ]);
  });

  it.each([
    [401, refusal('unauthorized'), 'token_refused', 'Because.'],
    [403, 'nonsense', 'token_refused', 'HTTP 403 from /api/token.'],
    [429, refusal('rate_limited'), 'rate_limited', 'Because.'],
    [503, refusal('livekit_unreachable'), 'server_unreachable', 'Because.'],
    [502, '<html>', 'server_unreachable', 'HTTP 502 from /api/token.'],
    [404, '', 'server_unreachable', 'HTTP 404 from /api/token.'],
    [400, refusal('invalid_request'), 'unknown', 'Because.'],
    [200, '<html>', 'unknown', 'The token endpoint gave no token.'],
    [200, '{"server_url":1}', 'unknown', 'The token endpoint gave no token.'],
  ])('answered with %i %s is %s', async (status, body, code, detail) => {
    reply = { status, body };
    expect(await requestToken({}, never)).toEqual({ ok: false, problem: { code, detail } });
  });

  it('finds the server unreachable when nothing listens', async () => {
    globalThis.fetch = (path, init) =>
      networkFetch(new URL(path as string, 'http://127.0.0.1:9'), init);
    expect(await requestToken({}, never)).toMatchObject({
      ok: false,
      problem: { code: 'server_unreachable' },
    });
  });

  it('is given up when the call is', async () => {
    await expect(requestToken({}, AbortSignal.abort())).rejects.toThrow();
  });
});

describe('asking for an assistant', () => {
  it('shows the token of the room', async () => {
    reply = { status: 200, body: '{"dispatched":true}' };
    expect(await requestDispatch('a.b.c', never)).toEqual({ ok: true, value: true });
    expect(asked).toEqual([{ url: '/api/dispatch', authorization: 'Bearer a.b.c', body: '' }]);
  });

  it('says that its token is of no use any more', async () => {
    reply = { status: 401, body: refusal('token_expired') };
    expect(await requestDispatch('a.b.c', never)).toMatchObject({
      ok: false,
      problem: { code: 'token_expired' },
    });
  });
});
