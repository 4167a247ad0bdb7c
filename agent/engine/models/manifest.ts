import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

const manifestName = 'manifest.json';

const manifest = z.object({
  /** Of the wheel that the files were made from. */
  wheelSha256: z.string(),
  files: z.record(
    z.string(),
    z.object({ sha256: z.string(), sizeBytes: z.number(), modifiedMs: z.number() }),
  ),
});
type Manifest = z.infer<typeof manifest>;

export type FolderCheck =
  { kind: 'sound' } | { kind: 'absent' } | { kind: 'damaged'; file: string; what: string };

/** Writes down what every file in the folder is like now. */
export async function writeManifest(
  folder: string,
  wheelSha256: string,
  paths: readonly string[],
): Promise<void> {
  const files: Manifest['files'] = {};
  for (const path of paths) {
    const full = join(folder, path);
    const { size, mtimeMs } = await stat(full);
    files[path] = { sha256: await sha256(full), sizeBytes: size, modifiedMs: mtimeMs };
  }
  const content: Manifest = { wheelSha256, files };
  await writeFile(join(folder, manifestName), `${JSON.stringify(content, undefined, 2)}\n`);
}

/**
 * Whether the folder holds what was written. A file whose size and time are as they were counts as sound; with
 * `thorough`, or when they differ, its content is hashed. Changes nothing.
 */
export async function checkFolder(
  folder: string,
  wheelSha256: string,
  { thorough = false }: { thorough?: boolean } = {},
): Promise<FolderCheck> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch(() => undefined);
  if (text === undefined) return { kind: 'absent' };
  const written = parse(text);
  if (written?.wheelSha256 !== wheelSha256) {
    return { kind: 'damaged', file: manifestName, what: 'does not fit this version' };
  }
  for (const [path, expected] of Object.entries(written.files)) {
    const full = join(folder, path);
    const found = await stat(full).catch(() => undefined);
    if (!found) return { kind: 'damaged', file: path, what: 'is missing' };
    if (found.size !== expected.sizeBytes) {
      return { kind: 'damaged', file: path, what: 'has the wrong size' };
    }
    const untouched = found.mtimeMs === expected.modifiedMs;
    if ((thorough || !untouched) && (await sha256(full)) !== expected.sha256) {
      return { kind: 'damaged', file: path, what: 'has the wrong content' };
    }
  }
  return { kind: 'sound' };
}

/** Hex digest of a file's content. */
export async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function parse(text: string): Manifest | undefined {
  try {
    return manifest.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
