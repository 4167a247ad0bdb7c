import type { FastifyInstance, FastifyRequest } from 'fastify';
import { bearerOf, digest, isSameSecret } from '../http/shared-secret.ts';
import { VadFailure } from './failure.ts';
import type { VadKey, VadSettings } from './settings.ts';

const decorator = 'vadKey';

/** From here on each request below `app` with the path of a recording or a stream has to have a key that is known. */
export function requireKeys(app: FastifyInstance, settings: VadSettings): void {
  app.decorateRequest(decorator, null);
  app.addHook('onRequest', (request, _reply, done) => {
    if (/^\/v1\/vad\/(detect|stream)\b/.test(request.url)) {
      request.setDecorator(decorator, checkedKey(request, settings));
    }
    done();
  });
}

/** The key of a request that was let in. */
export function keyOf(request: FastifyRequest): VadKey {
  return request.getDecorator<VadKey>(decorator);
}

/** Throws 401 without a key, or with one that is not known. */
function checkedKey(request: FastifyRequest, { keys, maxBytes }: VadSettings): VadKey {
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
