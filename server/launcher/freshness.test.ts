import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint, packagesAreCurrent, readStamp, writeStamp } from './freshness.mjs';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'parley-freshness-'));
});
afterEach(() => rm(root, { recursive: true }));

async function write(path: string, content: unknown): Promise<void> {
  const full = join(root, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, typeof content === 'string' ? content : JSON.stringify(content));
}

describe('packages', () => {
  const wanted = {
    '': { name: 'parley' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b-win32': { version: '1.0.0', optional: true },
  };

  it('are missing in a fresh clone', async () => {
    await write('package-lock.json', { packages: wanted });
    expect(packagesAreCurrent(root)).toBe(false);
  });

  it('are there without those of other systems', async () => {
    await write('package-lock.json', { packages: wanted });
    await write('node_modules/.package-lock.json', {
      packages: { 'node_modules/a': { version: '1.0.0' } },
    });
    expect(packagesAreCurrent(root)).toBe(true);
  });

  it.each([
    ['another version is there', { 'node_modules/a': { version: '0.9.0' } }],
    ['one is absent', {}],
  ])('are out of date when %s', async (_case, packages) => {
    await write('package-lock.json', { packages: wanted });
    await write('node_modules/.package-lock.json', { packages });
    expect(packagesAreCurrent(root)).toBe(false);
  });

  it('are missing after an install that was broken off', async () => {
    await write('package-lock.json', { packages: wanted });
    await write('node_modules/.package-lock.json', '{"packages": {');
    expect(packagesAreCurrent(root)).toBe(false);
  });
});

describe('the fingerprint of sources', () => {
  beforeEach(async () => {
    await write('src/a.ts', 'a');
    await write('src/deep/b.ts', 'b');
    await write('index.html', 'i');
  });
  const sources = ['src', 'index.html', 'absent'];

  it('does not change with times or tests', async () => {
    const before = fingerprint(root, sources);
    await utimes(join(root, 'src/a.ts'), 1, 1);
    await write('src/a.test.ts', 'test');
    expect(fingerprint(root, sources)).toBe(before);
  });

  it.each([
    ['another content', 'src/deep/b.ts', 'B'],
    ['a new file', 'src/c.ts', ''],
    ['a file that is named itself', 'index.html', 'I'],
  ])('changes with %s', async (_case, path, content) => {
    const before = fingerprint(root, sources);
    await write(path, content);
    expect(fingerprint(root, sources)).not.toBe(before);
  });

  it('changes when a file moves', async () => {
    const before = fingerprint(root, sources);
    await rm(join(root, 'src/a.ts'));
    await write('src/z.ts', 'a');
    expect(fingerprint(root, sources)).not.toBe(before);
  });
});

it('remembers a stamp', () => {
  const path = join(root, 'dist', 'x.sha256');
  expect(readStamp(path)).toBeUndefined();
  writeStamp(path, 'abc');
  expect(readStamp(path)).toBe('abc');
});
