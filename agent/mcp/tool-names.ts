import { createHash } from 'node:crypto';

const longest = 64;
const hashLength = 8;

/**
 * The name of a server's tool as the model sees it: `server__tool`, at most 64 characters of [A-Za-z0-9_-], which every
 * provider takes. A name that has to be changed ends in a hash of what it was, so two tools never share one and the
 * name does not depend on what else the server offers. `server` has no `__` in it and does not end in `_`.
 */
export function modelToolName(server: string, tool: string): string {
  const full = `${server}__${tool}`;
  const clean = full.replace(/[^A-Za-z0-9_-]/g, '_');
  if (clean === full && full.length <= longest) return full;
  const hash = createHash('sha256').update(full).digest('hex').slice(0, hashLength);
  return `${clean.slice(0, longest - hashLength - 1)}_${hash}`;
}
