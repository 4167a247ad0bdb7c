import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey } from 'jose';
import { TokenVerifier } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { apiError, tokenResponse } from '#protocol/token.ts';
import { readEnvironment } from '../environment.ts';
import { createApp } from './app.ts';

/** An issuer of tokens that serves its description and its keys over HTTP, as any does. */
class Issuer {
  readonly #server = createServer((request, response) => {
    const body = request.url === '/keys' ? { keys: this.#keys } : this.description;
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(body));
  });
  readonly #keys: object[] = [];
  #privateKey: CryptoKey | undefined;
  description: object = {};

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    this.#privateKey = privateKey;
    this.#keys.push({ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' });
    await new Promise<void>((resolve) => this.#server.listen(0, 'localhost', resolve));
    this.description = { issuer: this.url, jwks_uri: `${this.url}/keys` };
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  token(claims: object, key = this.#privateKey): Promise<string> {
    if (!key) throw new Error('Not started.');
    const inTenMinutes = Math.floor(Date.now() / 1000) + 600;
    return new SignJWT({
      iss: this.url,
      aud: 'parley',
      sub: 'ada@example.com',
      exp: inTenMinutes,
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .sign(key);
  }
}

const issuer = new Issuer();
beforeAll(() => issuer.start());
afterAll(() => issuer.stop());

async function ask(bearer: string | undefined, wish: object = {}, variables: object = {}) {
  const environment = readEnvironment({
    PARLEY_LIVEKIT_PORT: '1',
    PARLEY_OIDC_ISSUER: issuer.url,
    PARLEY_OIDC_AUDIENCE: 'parley',
    ...variables,
  });
  const app = await createApp({ environment, pageFolder: tmpdir() });
  onTestFinished(() => app.close());
  const response = await app.inject({
    method: 'POST',
    url: '/api/token',
    payload: wish,
    headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
  });
  const given = tokenResponse.safeParse(response.json()).data?.participant_token;
  return {
    status: response.statusCode,
    code: apiError.safeParse(response.json()).data?.error.code,
    body: response.body,
    identity: given && (await new TokenVerifier('devkey', 'secret').verify(given)).sub,
  };
}

describe('a server with an identity provider', () => {
  it('gives the same person the same identity, which tells nobody who it is', async () => {
    const first = await ask(await issuer.token({}));
    expect(first.status).toBe(201);
    expect(first.identity).toMatch(/^person-[0-9a-f]{20}$/);
    expect((await ask(await issuer.token({}))).identity).toBe(first.identity);
    expect((await ask(await issuer.token({ sub: 'eve' }))).identity).not.toBe(first.identity);
  });

  it('lets nobody take the identity of somebody else', async () => {
    const eve = await issuer.token({ sub: 'eve' });
    const { identity } = await ask(await issuer.token({}));
    expect(await ask(eve, { participant_identity: identity })).toMatchObject({
      status: 403,
      code: 'identity_not_yours',
    });
  });

  it.each([
    ['no token', () => undefined],
    ['what is no token', () => 'abc'],
    ['a token that has expired', () => issuer.token({ exp: 1_000_000_000 })],
    ['a token that is not valid yet', () => issuer.token({ nbf: 4_000_000_000 })],
    ['a token for another service', () => issuer.token({ aud: 'another' })],
    ['a token of another issuer', () => issuer.token({ iss: 'https://id.example.com' })],
    ['a token for nobody', () => issuer.token({ sub: undefined })],
    ['a token that never expires', () => issuer.token({ exp: undefined })],
    [
      'a token signed with another key',
      async () => issuer.token({}, (await generateKeyPair('ES256')).privateKey),
    ],
    [
      'a token that is not signed',
      () => new UnsecuredJWT({ iss: issuer.url, aud: 'parley', sub: 'a', exp: 4e9 }).encode(),
    ],
    [
      'a token signed with a key that both sides know',
      () =>
        new SignJWT({ iss: issuer.url, aud: 'parley', sub: 'a', exp: 4e9 })
          .setProtectedHeader({ alg: 'HS256', kid: 'one' })
          .sign(new TextEncoder().encode('secret-that-both-sides-know-of-32')),
    ],
    ['a token of 100 kB', () => issuer.token({ filler: 'x'.repeat(100_000) })],
  ])('refuses %s', async (_case, make) => {
    const bearer = await make();
    const answer = await ask(bearer);
    expect(answer).toMatchObject({ status: 401, code: 'unauthorized' });
    if (bearer !== undefined && bearer.length > 10) expect(answer.body).not.toContain(bearer);
  });

  it('takes its own key as well, where it has one', async () => {
    const key = 'a-key-for-our-own-programs';
    const variables = { PARLEY_TOKEN_SECRET: key };
    expect((await ask(key, {}, variables)).status).toBe(201);
    expect((await ask(await issuer.token({}), {}, variables)).status).toBe(201);
    expect((await ask('neither-of-the-two-at-all', {}, variables)).status).toBe(401);
  });

  it('says so when the issuer does not answer, and lets nobody in', async () => {
    const variables = { PARLEY_OIDC_ISSUER: 'http://localhost:9' };
    expect(await ask(await issuer.token({}), {}, variables)).toMatchObject({
      status: 503,
      code: 'identity_unreachable',
    });
  });

  it('believes no description that speaks for another issuer', async () => {
    const { description } = issuer;
    onTestFinished(() => void (issuer.description = description));
    issuer.description = { ...description, issuer: 'https://id.example.com' };
    expect((await ask(await issuer.token({}))).status).toBe(503);
  });
});
