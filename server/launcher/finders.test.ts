import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser, type BrowserPlaces } from './browsers.ts';
import { explain, findLivekit, livekitVersion } from './livekit-binary.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-finders-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function program(path: string): Promise<string> {
  const full = join(folder, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, '#!/bin/sh\n');
  await chmod(full, 0o755);
  return full;
}

describe.skipIf(process.platform === 'win32')('a LiveKit server', () => {
  const find = () => findLivekit(join(folder, 'cache'), { PATH: join(folder, 'bin') });
  const cached = `cache/livekit/livekit-server-${livekitVersion}`;

  it('is the one on PATH before the cached one', async () => {
    await program(cached);
    const path = await program('bin/livekit-server');
    expect(find()).toEqual({ kind: 'installed', path });
  });

  it('is the cached one before a new build', async () => {
    await program('bin/go');
    const path = await program(cached);
    expect(find()).toEqual({ kind: 'cached', path });
  });

  it('is built where there is Go', async () => {
    const go = await program('bin/go');
    expect(find()).toMatchObject({ kind: 'to-build', go });
  });

  it('is missing where there is nothing, or only what cannot run', async () => {
    await chmod(await program('bin/livekit-server'), 0o644);
    expect(find()).toEqual({ kind: 'missing' });
  });
});

describe('a build that fails', () => {
  it.each([
    ['dial tcp: lookup proxy.golang.org: no such host', /network connection/],
    ['write /tmp/x: no space left on device', /disk is full/],
    ['go: something new', /go: something new/],
    ['', /no reason/],
  ])('after %j says what to do', (output, words) => {
    const sentence = explain(output);
    expect(sentence).toMatch(words);
    expect(sentence).not.toContain('\n');
  });
});

describe.skipIf(process.platform === 'win32')('a browser', () => {
  const places = (present: readonly string[], environment = {}): BrowserPlaces => ({
    environment: { PATH: join(folder, 'bin'), ...environment },
    ownPath: () => '/own/browser',
    exists: (path) => present.includes(path),
  });

  it('is the one that the environment names', () => {
    const found = findBrowser(
      'chromium',
      places(['/my/chrome', '/own/browser'], { CHROMIUM_PATH: '/my/chrome' }),
    );
    expect(found).toEqual({ kind: 'named', executablePath: '/my/chrome' });
  });

  it('is not silently another than the one named', () => {
    const wrong = places(['/own/browser'], { FIREFOX_PATH: '/gone' });
    expect(() => findBrowser('firefox', wrong)).toThrow(/FIREFOX_PATH names \/gone/);
  });

  it("is Playwright's own before the system's", async () => {
    await program('bin/chromium');
    expect(findBrowser('chromium', places(['/own/browser']))).toEqual({ kind: 'own' });
  });

  it("is the system's otherwise", async () => {
    const executablePath = await program('bin/firefox-esr');
    expect(findBrowser('firefox', places([]))).toEqual({ kind: 'system', executablePath });
  });

  it('may be missing', () => {
    expect(findBrowser('firefox', places([]))).toBeUndefined();
  });
});
