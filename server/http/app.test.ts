import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { TokenVerifier } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { apiError, tokenResponse } from '#protocol/token.ts';
import { workerHealth } from '#protocol/worker-health.ts';
import { readEnvironment } from '../environment.ts';
import { createApp } from './app.ts';

let pageFolder: string;

beforeAll(async () => {
  pageFolder = await mkdtemp(join(tmpdir(), 'parley-page-'));
  await mkdir(join(pageFolder, 'assets'));
  await writeFile(join(pageFolder, 'index.html'), '<!doctype html><title>Parley</title>');
  await writeFile(join(pageFolder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(pageFolder, 'assets', 'app-1a2b.js'), 'export {};');
  await writeFile(join(pageFolder, '.secret'), 'no');
});
afterAll(() => rm(pageFolder, { recursive: true }));

async function appWith(variables: Record<string, string> = {}): Promise<FastifyInstance> {
  // Nobody listens on port 1: these tests need no LiveKit.
  const environment = readEnvironment({ PARLEY_LIVEKIT_PORT: '1', ...variables });
  const app = await createApp({ environment, pageFolder });
  onTestFinished(() => app.close());
  return app;
}

function askToken(app: FastifyInstance, payload: unknown = {}, headers = {}) {
  return app.inject({
    method: 'POST',
    url: '/api/token',
    payload: payload as object,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

const manyAttributes = Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`a${i}`, '']));

function attribute(name: string, value: string) {
  return { participant_attributes: { [name]: value } };
}

async function claimsOf(body: string) {
  const { participant_token } = tokenResponse.parse(JSON.parse(body));
  return new TokenVerifier('devkey', 'secret').verify(participant_token);
}

function problemOf(body: string) {
  return apiError.parse(JSON.parse(body)).error;
}

describe('POST /api/token', () => {
  it('gives a fresh room and identity each time', async () => {
    const app = await appWith();
    const first = await claimsOf((await askToken(app)).body);
    const second = await claimsOf((await askToken(app)).body);
    expect(first.video?.room).toMatch(/^parley-[0-9a-f]{20}$/);
    expect(first.sub).toMatch(/^person-/);
    expect(second.video?.room).not.toBe(first.video?.room);
    expect(second.sub).not.toBe(first.sub);
  });

  it('takes a request with no body', async () => {
    const app = await appWith();
    const response = await app.inject({ method: 'POST', url: '/api/token' });
    expect(response.statusCode).toBe(201);
    expect(response.headers['cache-control']).toBe('no-store');
  });

  it('grants only what a conversation needs', async () => {
    const claims = await claimsOf((await askToken(await appWith(), { room_name: 'r' })).body);
    expect(claims.video).toEqual({
      roomJoin: true,
      room: 'r',
      canPublish: true,
      canPublishSources: ['microphone', 'camera', 'screen_share'],
      canSubscribe: true,
      canPublishData: true,
      canUpdateOwnMetadata: false,
    });
    expect(Object.keys(claims).sort()).toEqual(['exp', 'iss', 'nbf', 'sub', 'video']);
  });

  it('lives for ten minutes', async () => {
    const claims = await claimsOf((await askToken(await appWith())).body);
    const secondsLeft = (claims.exp ?? 0) - Date.now() / 1000;
    expect(secondsLeft).toBeGreaterThan(590);
    expect(secondsLeft).toBeLessThanOrEqual(601);
  });

  it('carries name, metadata and attributes of the request', async () => {
    const response = await askToken(await appWith(), {
      participant_identity: 'ada',
      participant_name: 'Ada',
      participant_metadata: 'm',
      participant_attributes: { language: 'en' },
    });
    const claims = await claimsOf(response.body);
    expect(claims).toMatchObject({
      sub: 'ada',
      name: 'Ada',
      metadata: 'm',
      attributes: { language: 'en' },
    });
  });

  it('names the address that browsers use', async () => {
    const app = await appWith({
      LIVEKIT_URL: 'ws://localhost:1',
      LIVEKIT_PUBLIC_URL: 'https://media.example.com/',
    });
    const { server_url } = tokenResponse.parse((await askToken(app)).json());
    expect(server_url).toBe('wss://media.example.com');
  });

  it('sends for a named agent in the token', async () => {
    const app = await appWith({ LIVEKIT_AGENT_NAME: 'parley' });
    const plain = await claimsOf((await askToken(app)).body);
    expect(plain.roomConfig).toMatchObject({ agents: [{ agentName: 'parley' }] });
    const wish = { room_config: { agents: [{ agent_name: 'parley', metadata: 'x' }] } };
    const asked = await claimsOf((await askToken(app, wish)).body);
    expect(asked.roomConfig).toMatchObject({ agents: [{ agentName: 'parley', metadata: 'x' }] });
  });

  it('takes nothing else of room_config', async () => {
    const app = await appWith({ LIVEKIT_AGENT_NAME: 'parley' });
    const response = await askToken(app, { room_config: { max_participants: 500, egress: {} } });
    const { roomConfig } = await claimsOf(response.body);
    expect(roomConfig).toEqual({ agents: [{ agentName: 'parley', metadata: '' }] });
    expect(roomConfig).not.toHaveProperty('egress');
  });

  it.each([
    ['another agent than the one of this server', 'parley', [{ agent_name: 'other' }]],
    ['an agent by name where the agent has none', '', [{ agentName: 'other' }]],
  ])('refuses %s', async (_case, name, agents) => {
    const app = await appWith({ LIVEKIT_AGENT_NAME: name });
    const response = await askToken(app, { room_config: { agents } });
    expect(response.statusCode).toBe(400);
    expect(problemOf(response.body).code).toBe('agent_unknown');
  });

  it.each([
    ['a wrong type', { room_name: 7 }, 400, /room_name/],
    ['an empty room name', { room_name: '  ' }, 400, /room_name/],
    ['a name that is too long', { participant_identity: 'x'.repeat(129) }, 400, /identity/],
    ['a name that is turned around', { room_name: 'safe\u202eexe' }, 400, /control/],
    ['a name with half a character', { participant_name: '\ud800' }, 400, /control/],
    ['what agents say of themselves', attribute('lk.agent.state', 'idle'), 400, /lk\./],
    ['a conversation that has no id', attribute('parley.conversation', 'x\ny'), 400, /UUID/],
    ['attributes without end', { participant_attributes: manyAttributes }, 400, /At most 32/],
    ['a list instead of an object', [], 400, /The body/],
    ['agents that are no list', { room_config: { agents: 'a' } }, 400, /room_config\.agents/],
    ['a body that is too large', { participant_metadata: 'x'.repeat(40_000) }, 413, /too large/],
  ])('refuses %s in plain words', async (_case, payload, status, words) => {
    const response = await askToken(await appWith(), payload);
    expect(response.statusCode).toBe(status);
    expect(problemOf(response.body).message).toMatch(words);
  });

  it.each([
    ['broken JSON', '{"room_name":', 'application/json', 400, 'bad_request'],
    ['an empty JSON body', '', 'application/json', 400, 'bad_request'],
    ['another media type', '<a/>', 'application/xml', 415, 'unsupported_media_type'],
  ])('refuses %s', async (_case, payload, type, status, code) => {
    const response = await askToken(await appWith(), payload, { 'content-type': type });
    expect(response.statusCode).toBe(status);
    expect(problemOf(response.body).code).toBe(code);
  });

  it('answers POST only, and says so', async () => {
    const response = await (await appWith()).inject({ method: 'GET', url: '/api/token' });
    expect(response.statusCode).toBe(405);
    expect(response.headers.allow).toBe('POST');
    expect(problemOf(response.body).code).toBe('method_not_allowed');
  });

  it('asks a client that comes too often to wait, and no other', async () => {
    const app = await appWith({ PARLEY_TOKEN_RATE: '3' });
    const codes = [];
    for (let i = 0; i < 4; i++) codes.push((await askToken(app)).statusCode);
    expect(codes).toEqual([201, 201, 201, 429]);
    const refused = await askToken(app);
    expect(problemOf(refused.body).code).toBe('rate_limited');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    const other = await app.inject({
      method: 'POST',
      url: '/api/token',
      remoteAddress: '203.0.113.9',
    });
    expect(other.statusCode).toBe(201);
  });

  it('believes X-Forwarded-For only from a proxy that it trusts', async () => {
    const spoofing = (n: number) => ({ 'x-forwarded-for': `203.0.113.${n}` });
    const open = await appWith({ PARLEY_TOKEN_RATE: '1' });
    expect((await askToken(open, {}, spoofing(1))).statusCode).toBe(201);
    expect((await askToken(open, {}, spoofing(2))).statusCode).toBe(429);
    const proxied = await appWith({ PARLEY_TOKEN_RATE: '1', PARLEY_TRUSTED_PROXIES: '127.0.0.1' });
    expect((await askToken(proxied, {}, spoofing(1))).statusCode).toBe(201);
    expect((await askToken(proxied, {}, spoofing(2))).statusCode).toBe(201);
    expect((await askToken(proxied, {}, spoofing(1))).statusCode).toBe(429);
  });

  describe('with a shared secret', () => {
    const secret = 'correct horse battery'.replaceAll(' ', '-');

    it.each([
      ['as a bearer', { authorization: `Bearer ${secret}` }, 201],
      ['as a header of its own', { 'x-parley-key': secret }, 201],
      ['not at all', {}, 401],
      ['wrong', { authorization: 'Bearer wrong' }, 401],
      ['only begun', { 'x-parley-key': secret.slice(0, -1) }, 401],
    ])('sent %s answers %o with %i', async (_case, headers, status) => {
      const app = await appWith({ PARLEY_TOKEN_SECRET: secret });
      const response = await askToken(app, {}, headers);
      expect(response.statusCode).toBe(status);
      expect(response.body).not.toContain(secret);
    });

    it('counts wrong guesses too', async () => {
      const app = await appWith({ PARLEY_TOKEN_SECRET: secret, PARLEY_TOKEN_RATE: '1' });
      expect((await askToken(app)).statusCode).toBe(401);
      expect((await askToken(app)).statusCode).toBe(429);
    });
  });
});

describe('the page', () => {
  const browser = { accept: 'text/html,application/xhtml+xml' };

  it('is served fresh each time, and its hashed assets for good', async () => {
    const app = await appWith();
    const page = await app.inject({ url: '/', headers: browser });
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    expect(page.headers['cache-control']).toBe('no-cache');
    const asset = await app.inject({ url: '/assets/app-1a2b.js' });
    expect(asset.headers['content-type']).toMatch(/javascript/);
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const icon = await app.inject({ url: '/icon.svg' });
    expect(icon.headers['content-type']).toMatch(/^image\/svg\+xml/);
    expect(icon.headers['cache-control']).toBe('no-cache');
  });

  it('is sent small to those who can unpack it', async () => {
    await writeFile(join(pageFolder, 'assets', 'app-1a2b.js.gz'), gzipSync('export {};'));
    const response = await (
      await appWith()
    ).inject({ url: '/assets/app-1a2b.js', headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers).toMatchObject({
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect(response.headers['content-type']).toMatch(/javascript/);
    expect(response.headers.vary).toMatch(/accept-encoding/i);
    expect(gunzipSync(response.rawPayload).toString()).toBe('export {};');
  });

  it('answers a place in the app with the page', async () => {
    const response = await (await appWith()).inject({ url: '/history?x=1', headers: browser });
    expect(response.statusCode).toBe(200);
    expect(response.body).toContain('<title>Parley</title>');
    expect(response.headers['cache-control']).toBe('no-cache');
  });

  it.each([
    ['an unknown asset', '/assets/gone.js', browser],
    ['an unknown file', '/gone.png', browser],
    ['an unknown part of the API', '/api/nothing', browser],
    ['a script that asks for a place', '/history', { accept: '*/*' }],
    ['a hidden file', '/.secret', {}],
    ['a file outside of the folder', '/..%2f..%2fetc%2fpasswd', {}],
  ])('never answers %s with the page', async (_case, url, headers) => {
    const response = await (await appWith()).inject({ url, headers });
    expect(response.statusCode).toBe(404);
    expect(problemOf(response.body).code).toBe('not_found');
  });

  it('says that it is not built, where it is not', async () => {
    const environment = readEnvironment({});
    const app = await createApp({ environment, pageFolder: join(pageFolder, 'none') });
    onTestFinished(() => app.close());
    const response = await app.inject({ url: '/', headers: browser });
    expect(response.statusCode).toBe(404);
    expect(problemOf(response.body).message).toMatch(/npm run build/);
  });
});

describe('every answer', () => {
  it('keeps other hosts out of the page', async () => {
    const { headers } = await (
      await appWith()
    ).inject({ url: '/', headers: { accept: 'text/html' } });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';style-src 'self'");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(headers['permissions-policy']).toContain('microphone=(self)');
    expect(headers['permissions-policy']).toContain(
      'camera=(self), display-capture=(self), midi=()',
    );
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
  });

  it('narrows what the page may reach when nobody brings a server of their own', async () => {
    const variables = { LIVEKIT_PUBLIC_URL: 'wss://media.example.com' };
    const connect = async (manual: string) => {
      const app = await appWith({ ...variables, PARLEY_MANUAL_CONNECT: manual });
      const { headers } = await app.inject({ url: '/api/token' });
      return /connect-src ([^;]*)/.exec(String(headers['content-security-policy']))?.[1];
    };
    expect(await connect('on')).toBe("'self' ws: wss: http: https:");
    expect(await connect('off')).toBe("'self' wss://media.example.com https://media.example.com");
  });
});

describe('GET /api/health', () => {
  it('is degraded while LiveKit is out of reach', async () => {
    const response = await (await appWith()).inject({ url: '/api/health' });
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({
      status: 'degraded',
      livekit: 'unreachable',
      agents: 'unknown',
      problems: [expect.stringContaining('LIVEKIT_URL')],
    });
  });

  it.each([
    ['no worker', 'starting', undefined, /No worker/],
    ['an engine that has crashed', 'ready', { engine: 'restarting' }, /speech engine ended/],
    ['an engine that cannot run', 'ready', { engine: 'failed' }, /cannot run here/],
    ['a worker without LiveKit', 'ready', { registered: false }, /lost LiveKit/],
    [
      'a provider that fails',
      'ready',
      { failingProviders: [{ provider: 'gemini', code: 'provider_failed', atMs: 1 }] },
      /gemini is configured but fails/,
    ],
  ] as const)('tells of %s', async (_case, state, worker, words) => {
    const environment = readEnvironment({ PARLEY_LIVEKIT_PORT: '1' });
    const sound = { engine: 'ready', registered: true, conversations: 0, failingProviders: [] };
    const news = { state, worker: worker && workerHealth.parse({ ...sound, ...worker }) };
    const app = await createApp({ environment, pageFolder, agents: () => news });
    onTestFinished(() => app.close());
    const { problems } = (await app.inject({ url: '/api/health' })).json<{ problems: string[] }>();
    expect(problems.at(-1)).toMatch(words);
  });
});

describe('GET /metrics', () => {
  const key = 'a-key-for-those-who-measure';
  const ask = (app: FastifyInstance, bearer?: string) =>
    app.inject({
      url: '/metrics',
      headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
    });

  it('is nowhere unless there is a key for it', async () => {
    expect((await ask(await appWith())).statusCode).toBe(404);
  });

  it('is for those who send the key', async () => {
    const app = await appWith({ PARLEY_METRICS_KEY: key });
    expect((await ask(app)).statusCode).toBe(401);
    expect((await ask(app, 'another-key-altogether')).statusCode).toBe(401);
    await askToken(app);
    await app.inject({ url: '/made-up-by-whoever-asks' });
    const answer = await ask(app, key);
    expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(answer.body).toContain('parley_livekit_up 0');
    expect(answer.body).toMatch(/request_seconds_count\{.*route="\/api\/token",status="201"\} 1/);
    expect(answer.body).not.toContain('made-up');
  });
});
