import type { FastifyRequest } from 'fastify';
import { bearerOf, digest, isSameSecret } from '../http/shared-secret.ts';
import { VadFailure } from './failure.ts';
import type { VadKey, VadSettings } from './settings.ts';

/** The key of a request. Throws 401 without one, or with one that is not known. */
export function keyOf(request: FastifyRequest, { keys, maxBytes }: VadSettings): VadKey {
  const secret = bearerOf(request);
  if (secret === undefined) {
    throw new VadFailure(401, {
      code: 'key_missing',
      message: 'The request carries no key.',
      cure: 'Send your key as "Authorization: Bearer KEY".',
    });
  }
  if (keys.length === 0) {
    if (isFromThisMachine(request)) return { secret, maxBytes };
    throw new VadFailure(401, {
      code: 'no_keys',
      message: 'This service has no keys yet, so it answers to its own machine only.',
      cure: 'Whoever runs it sets PARLEY_VAD_KEYS.',
    });
  }
  const key = keys.find((known) => isSameSecret(secret, known.secret));
  if (key) return key;
  throw new VadFailure(401, {
    code: 'key_unknown',
    message: 'This key is not known here.',
    cure: 'Check the key for missing characters, or ask whoever runs the service for one.',
  });
}

/** A name for a key that tells nothing of it, to count by. */
export function fingerprintOf(secret: string): string {
  return digest(secret).toString('base64url').slice(0, 16);
}

/** What a proxy on this machine passes on comes from elsewhere. */
function isFromThisMachine({ ip, headers }: FastifyRequest): boolean {
  const passedOn = headers['x-forwarded-for'] ?? headers['forwarded'] ?? headers['via'];
  return passedOn === undefined && (ip === '::1' || /^(::ffff:)?127\./.test(ip));
}
