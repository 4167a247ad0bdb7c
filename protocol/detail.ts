import { clip } from './clip.ts';

const longest = 300;
/** Three parts with dots between them: a token, be it of a room or of a service. */
const token = /[\w-]{8,}\.[\w-]{8,}\.[\w-]{16,}/g;
/** What services call their keys by, and what follows. */
const credential =
  /\b(authorization|api[-_ ]?key|access[-_]?token|secret|signature|password)\b["']?\s*[:=]\s*(?:bearer\s+)?["']?[\w+/.=-]{8,}["']?/gi;
const bearer = /\bbearer\s+[\w+/.=-]{8,}/gi;
/** Keys that are known by their beginning. */
const key = /\b(?:sk|pk|AKIA|ASIA|AIza|ghp|xox[bp])[-_\w]{12,}/g;

/**
 * What a library or a server said of a failure, fit to be shown and sent: its first line, without tokens, keys and
 * stack, 300 characters at most.
 */
export function plainDetail(cause: unknown): string {
  const said = cause instanceof Error ? cause.message || cause.name : String(cause);
  const [line = ''] = said.trim().split(/\r?\n/, 1);
  const plain = line
    .replace(token, '(token)')
    .replace(credential, '$1 (hidden)')
    .replace(bearer, '(hidden)')
    .replace(key, '(key)');
  return clip(plain, longest);
}
