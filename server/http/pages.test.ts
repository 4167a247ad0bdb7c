import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnvironment } from '../environment.ts';
import { createApp } from './app.ts';

const browser = { accept: 'text/html' };
let folder: string;
let app: FastifyInstance;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-pages-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<title>Parley</title>');
  await writeFile(join(folder, 'lab.html'), '<title>Lab</title>');
  await writeFile(join(folder, 'assets', 'recording.worker-a_1-B.js'), '');
  await writeFile(join(folder, 'assets', 'other-a_1-B.js'), '');
  app = await createApp({ environment: readEnvironment({}), pageFolder: folder });
});

afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

describe('the Lab', () => {
  it.each(['/lab', '/lab/', '/lab?from=start'])('is the page at %s', async (url) => {
    const answer = await app.inject({ url, headers: browser });
    expect(answer.body).toContain('Lab');
    expect(answer.headers['content-security-policy']).not.toContain('unsafe');
  });

  it.each(['/', '/laboratory', '/lab/more'])('is not the page at %s', async (url) => {
    expect((await app.inject({ url, headers: browser })).body).toContain('Parley');
  });

  it('lets its worker compute, and no other script', async () => {
    const policyOf = async (name: string): Promise<unknown> =>
      (await app.inject({ url: `/assets/${name}` })).headers['content-security-policy'];
    expect(await policyOf('recording.worker-a_1-B.js')).toBe(
      "default-src 'none';script-src 'self' 'wasm-unsafe-eval';connect-src 'self'",
    );
    expect(await policyOf('other-a_1-B.js')).not.toContain('unsafe');
  });
});
