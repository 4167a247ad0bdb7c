import type { FastifyRequest } from 'fastify';
import type { Environment } from '../environment.ts';
import { ApiFailure } from './failure.ts';
import { Identities } from './identity.ts';
import { bearerOf, isSameSecret } from './shared-secret.ts';

/** Who may have a token: everybody, those who send the server's key, or those whom the identity provider knows. */
export class Admission {
  readonly #secret: string | undefined;
  readonly #identities: Identities | undefined;

  constructor({ tokenSecret, identityProvider }: Environment['http']) {
    this.#secret = tokenSecret;
    this.#identities = identityProvider && new Identities(identityProvider);
  }

  /** The identity that the request has to take; undefined where it may choose. Throws an `ApiFailure`. */
  async admit(request: FastifyRequest): Promise<string | undefined> {
    if (this.#secret === undefined && !this.#identities) return undefined;
    const bearer = bearerOf(request);
    const given = bearer ?? request.headers['x-parley-key'];
    if (this.#secret !== undefined && typeof given === 'string') {
      if (isSameSecret(given, this.#secret)) return undefined;
    }
    if (this.#identities && bearer !== undefined) return this.#identities.identityOf(bearer);
    throw new ApiFailure(401, 'unauthorized', words(this.#identities !== undefined));
  }
}

function words(byIdentity: boolean): string {
  return byIdentity
    ? 'This server gives tokens only to those who are signed in. Send "Authorization: Bearer …".'
    : 'This server gives tokens only to those who send its key. Ask whoever runs it.';
}
