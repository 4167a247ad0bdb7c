import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { TokenVerifier } from 'livekit-server-sdk';
import { expect, it, onTestFinished } from 'vitest';
import { fuzzing, fuzzingLimitMs, hostileJson, hostileText } from '#protocol/testing/fuzzing.ts';
import { apiError, tokenResponse } from '#protocol/token.ts';
import { readEnvironment } from '../environment.ts';
import { createApp } from './app.ts';

const wish = {
  room_name: 'r',
  participant_identity: 'ada',
  participant_name: 'Ada',
  participant_metadata: '{}',
  participant_attributes: { 'parley.conversation': '7a2f5a4e-5c1e-4b7e-8b1e-2c3d4e5f6a7b', a: 'b' },
  room_config: { agents: [{ agent_name: 'parley', metadata: 'm' }], max_participants: 2 },
};
const headers = fc.record(
  {
    authorization: hostileText.map((text) => `Bearer ${Buffer.from(text).toString('base64url')}`),
    'content-type': fc.constantFrom('application/json', 'application/json; charset=utf-16', 'x'),
    'x-forwarded-for': hostileText.map((text) => Buffer.from(text).toString('base64url')),
  },
  { requiredKeys: [] },
);

it(
  'answers any request with a token that grants no more than ever, or with a refusal in words',
  async () => {
    const environment = readEnvironment({
      PARLEY_LIVEKIT_PORT: '1',
      PARLEY_TOKEN_RATE: '999999',
      LIVEKIT_AGENT_NAME: 'parley',
    });
    const app = await createApp({ environment, pageFolder: tmpdir() });
    onTestFinished(() => app.close());
    const verifier = new TokenVerifier('devkey', 'secret');
    const url = fc.constantFrom('/api/token', '/api/token', '/api/token', '/api/dispatch');

    await fc.assert(
      fc.asyncProperty(url, hostileJson([wish]), headers, async (path, payload, sent) => {
        const response = await app.inject({
          method: 'POST',
          url: path,
          payload,
          headers: { 'content-type': 'application/json', ...sent },
        });
        const body: unknown = response.json();
        if (response.statusCode === 201) {
          const given = await verifier.verify(tokenResponse.parse(body).participant_token);
          expect(Object.keys(given.video ?? {}).sort()).toEqual([
            'canPublish',
            'canPublishData',
            'canPublishSources',
            'canSubscribe',
            'canUpdateOwnMetadata',
            'room',
            'roomJoin',
          ]);
          expect(given.kind).toBeUndefined();
          expect(Object.keys(given.roomConfig ?? {})).toEqual(['agents']);
        } else {
          expect(response.statusCode).toBeGreaterThanOrEqual(400);
          expect(response.statusCode).toBeLessThan(500);
          const { error } = apiError.parse(body);
          expect(error.message.length).toBeLessThan(400);
        }
      }),
      fuzzing(),
    );
  },
  fuzzingLimitMs,
);
