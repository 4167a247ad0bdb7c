import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { IdentityProvider } from '../environment.ts';
import { ApiFailure } from './failure.ts';
import { digest } from './shared-secret.ts';

/** Signed with a private key. With a shared one, whoever can check a token could make one as well. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'EdDSA',
];

/** How far the clocks of issuer and server may be apart. */
const clockToleranceSeconds = 30;
const timeoutMs = 5000;
const longestToken = 8192;

const description = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** Finds out who asks from a signed token of one issuer, meant for this server. */
export class Identities {
  readonly #provider: IdentityProvider;
  #keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(provider: IdentityProvider) {
    this.#provider = provider;
  }

  /**
   * The participant identity that goes with this token, the same for each token of the same person. Throws an
   * `ApiFailure`: 401 for a token that does not hold, 503 if the issuer's keys cannot be had.
   */
  async identityOf(token: string): Promise<string> {
    if (token.length > longestToken) throw refused('it is too long');
    const { issuer, audience } = this.#provider;
    const keys = await this.#obtainKeys();
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms,
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['exp', 'sub'],
      });
      // Hashed: everybody in a room sees the identities of all, and a subject may be a name or an address.
      return `person-${digest(`${issuer}\n${payload.sub}`).toString('hex').slice(0, 20)}`;
    } catch (error) {
      throw isOfToken(error) ? refused(reasonOf(error)) : unreachable();
    }
  }

  #obtainKeys(): Promise<JWTVerifyGetKey> {
    this.#keys ??= this.#locateKeys().then((url) =>
      createRemoteJWKSet(url, { timeoutDuration: timeoutMs }),
    );
    // Asked for again by the next token.
    this.#keys.catch(() => (this.#keys = undefined));
    return this.#keys;
  }

  async #locateKeys(): Promise<URL> {
    const { issuer, keysUrl } = this.#provider;
    if (keysUrl !== undefined) return new URL(keysUrl);
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const told = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) })
      .then((response) => response.json())
      .then((body) => description.parse(body))
      .catch(() => {
        throw unreachable();
      });
    const keys = new URL(told.jwks_uri);
    // A description that anybody else could have written, or that leads where anybody could write, says nothing.
    const sound = told.issuer === issuer && keys.protocol === new URL(issuer).protocol;
    if (!sound) throw unreachable();
    return keys;
  }
}

/** Whether the token is to blame, and not the way to the keys. */
function isOfToken(error: unknown): error is errors.JOSEError {
  return (
    error instanceof errors.JOSEError &&
    !(error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) &&
    // What an answer other than 200 of the issuer is thrown as.
    error.code !== 'ERR_JOSE_GENERIC'
  );
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `its "${error.claim}" is not right`;
  return 'it is not signed as it should be';
}

function refused(reason: string): ApiFailure {
  return new ApiFailure(401, 'unauthorized', `This server does not take the token: ${reason}.`);
}

function unreachable(): ApiFailure {
  return new ApiFailure(
    503,
    'identity_unreachable',
    'The service that says who you are does not answer. Try again in a moment.',
  );
}
