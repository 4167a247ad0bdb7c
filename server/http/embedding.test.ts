import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readEnvironment } from '../environment.ts';
import { createApp } from './app.ts';

const shop = 'https://shop.example.com';
const other = 'https://evil.example.com';

let pageFolder: string;

beforeAll(async () => {
  pageFolder = await mkdtemp(join(tmpdir(), 'parley-embed-'));
  await mkdir(join(pageFolder, 'embed', 'assets'), { recursive: true });
  await writeFile(join(pageFolder, 'index.html'), '<!doctype html><title>Parley</title>');
  await writeFile(join(pageFolder, 'embed', 'parley-assistant.js'), 'export {};');
  await writeFile(join(pageFolder, 'embed', 'assets', 'talk-1a2b.js'), 'export {};');
});
afterAll(() => rm(pageFolder, { recursive: true }));

async function appFor(origins: string, variables: Record<string, string> = {}) {
  const environment = readEnvironment({
    PARLEY_LIVEKIT_PORT: '1',
    PARLEY_EMBED_ORIGINS: origins,
    ...variables,
  });
  const app = await createApp({ environment, pageFolder });
  onTestFinished(() => app.close());
  return app;
}

const askToken = (app: FastifyInstance, origin: string) =>
  app.inject({ method: 'POST', url: '/api/token', payload: {}, headers: { origin } });

const preflight = (app: FastifyInstance, url: string, origin: string) =>
  app.inject({
    method: 'OPTIONS',
    url,
    headers: { origin, 'access-control-request-method': 'POST' },
  });

describe('a page of a site that is named', () => {
  it('may ask for a token and read the answer, and the parts of the assistant', async () => {
    const app = await appFor(`https://www.example.org, ${shop}`);
    const asked = await preflight(app, '/api/token', shop);
    expect(asked.statusCode).toBe(204);
    expect(asked.headers).toMatchObject({
      'access-control-allow-origin': shop,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'Authorization, Content-Type',
    });
    const token = await askToken(app, shop);
    expect(token.statusCode).toBe(201);
    expect(token.headers['access-control-allow-origin']).toBe(shop);
    expect(token.headers['access-control-allow-credentials']).toBeUndefined();
    for (const [url, keep] of [
      ['/embed/parley-assistant.js', 'no-cache'],
      ['/embed/assets/talk-1a2b.js', 'public, max-age=31536000, immutable'],
    ] as const) {
      const { headers } = await app.inject({ url, headers: { origin: shop } });
      expect(headers).toMatchObject({
        'access-control-allow-origin': shop,
        'cache-control': keep,
      });
      // A cache on the way must not hand one site the answer that another was given.
      expect(headers.vary).toMatch(/Origin/);
      expect(headers.vary).toMatch(/Accept-Encoding/);
    }
  });

  it('can read why it was refused, and may come no more often than others', async () => {
    const app = await appFor(shop, { PARLEY_TOKEN_RATE: '1' });
    for (let i = 0; i < 3; i += 1) await preflight(app, '/api/token', shop);
    expect((await askToken(app, shop)).statusCode).toBe(201);
    const refused = await askToken(app, shop);
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['access-control-allow-origin']).toBe(shop);
    const needsKey = await appFor(shop, { PARLEY_TOKEN_SECRET: 'correct-horse-battery' });
    const unknown = await askToken(needsKey, shop);
    expect(unknown.statusCode).toBe(401);
    expect(unknown.headers['access-control-allow-origin']).toBe(shop);
  });

  it('reads nothing else', async () => {
    const app = await appFor(shop);
    for (const url of ['/api/health', '/', '/metrics', '/v1/vad/health', '/api/token-of-others']) {
      const { headers } = await app.inject({ url, headers: { origin: shop } });
      expect(headers['access-control-allow-origin'], url).toBeUndefined();
      const asked = await preflight(app, url, shop);
      expect(asked.headers['access-control-allow-origin'], url).toBeUndefined();
    }
  });
});

it.each([
  ['of a site that is not named', shop],
  ['of any site, where none is named', ''],
])('a page %s reads nothing', async (_case, origins) => {
  const app = await appFor(origins);
  const answers = [
    await preflight(app, '/api/token', other),
    await askToken(app, other),
    await app.inject({ url: '/embed/parley-assistant.js', headers: { origin: other } }),
    await askToken(app, `${shop}.evil.example`),
    await askToken(app, 'null'),
  ];
  for (const { headers } of answers) {
    expect(headers['access-control-allow-origin']).toBeUndefined();
  }
});
