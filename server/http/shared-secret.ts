import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { ApiFailure } from './failure.ts';

/** Throws 401 unless the request carries the secret, as a bearer or in X-Parley-Key. */
export function requireSharedSecret(request: FastifyRequest, secret: string): void {
  const given = bearerOf(request) ?? request.headers['x-parley-key'];
  if (typeof given === 'string' && isSameSecret(given, secret)) return;
  throw new ApiFailure(
    401,
    'unauthorized',
    'This server gives tokens only to those who send its key. Ask whoever runs it.',
  );
}

/** The token of an `Authorization: Bearer` header. */
export function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** Hashed first, so that neither content nor length shows in the time it takes. */
export function isSameSecret(given: string, wanted: string): boolean {
  return timingSafeEqual(digest(given), digest(wanted));
}

export function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
