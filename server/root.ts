import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The project's folder, found from the source tree as well as from the bundles in dist/node. */
export const projectRoot = findRoot(import.meta.dirname);

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package-lock.json'))) return folder;
  const parent = dirname(folder);
  // A deployed bundle may lie alone: then the folder above dist is the best there is.
  return parent === folder ? join(import.meta.dirname, '../..') : findRoot(parent);
}
