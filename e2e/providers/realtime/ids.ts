import { randomBytes } from 'node:crypto';

/** `item_`, `resp_`, `event_`… and 20 characters, as these services name things. */
export function newId(kind: string): string {
  return `${kind}_${randomBytes(15).toString('base64url').replaceAll(/[-_]/g, 'x').slice(0, 20)}`;
}
