import { expect, test } from 'vitest';
import { providerOffer } from '#protocol/provider.ts';
import { NovaSonicRealtimeModel } from '../nova-sonic/index.ts';
import type { ProviderObserver } from '../provider.ts';
import { novaSonic } from './nova-sonic.ts';

const env = {
  AWS_ACCESS_KEY_ID: 'AKIDTEST',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_REGION: 'eu-north-1',
  HOME: '/nowhere',
};
const observer: ProviderObserver = {
  connection: () => undefined,
  problem: () => undefined,
  viseme: () => undefined,
  approve: () => Promise.resolve(false),
  toolStarted: () => undefined,
  toolFinished: () => undefined,
};

test('says what is missing, and that a Bedrock API key alone will not do', () => {
  expect(novaSonic.missing(env)).toEqual([]);
  expect(novaSonic.missing({ ...env, AWS_REGION: undefined })).toEqual([
    expect.stringContaining('AWS_REGION'),
  ]);
  expect(novaSonic.missing({ HOME: '/nowhere' })).toHaveLength(2);
  const apiKeyOnly = {
    HOME: '/nowhere',
    AWS_REGION: 'us-east-1',
    AWS_BEARER_TOKEN_BEDROCK: 'very-secret',
  };
  const [missing = ''] = novaSonic.missing(apiKeyOnly);
  expect(missing).toMatch(/AWS_ACCESS_KEY_ID .* API key alone is not enough/);
  expect(missing).not.toContain('very-secret');
  expect(novaSonic.missing({ HOME: '/nowhere', AWS_REGION: 'x', AWS_PROFILE: 'work' })).toEqual([]);
  expect(() => novaSonic.connect(apiKeyOnly, {}, observer)).toThrow(/AWS_ACCESS_KEY_ID/);
});

test('offers what the protocol can carry: every voice, no turns by hand, no captions', () => {
  const offer = novaSonic.offer(env);
  expect(providerOffer.safeParse(offer).error).toBeUndefined();
  expect(offer.voices).toHaveLength(16);
  expect(new Set(offer.voices.map(({ language }) => language?.slice(0, 2)))).toEqual(
    new Set(['en', 'fr', 'it', 'de', 'es', 'pt']),
  );
  expect(offer.languages).toContain('hi-IN');
  expect(offer).toMatchObject({ pushToTalk: 'gated', captions: false });
});

test('hands the settings of the page to the model, and changes them while it runs', () => {
  const connection = novaSonic.connect(
    env,
    {
      voice: 'lupe',
      language: 'es-US',
      turnDetection: { kind: 'pause', values: { sensitivity: 'LOW' } },
      options: { temperature: 0.2, maxTokens: 256 },
    },
    observer,
  );
  const { model } = connection;
  if (!(model instanceof NovaSonicRealtimeModel)) throw new Error('Another model.');
  expect(model.settings).toEqual({
    voice: 'lupe',
    language: 'Spanish',
    endpointingSensitivity: 'LOW',
    temperature: 0.2,
    topP: 0.9,
    maxTokens: 256,
  });
  expect(model.options).toMatchObject({
    region: 'eu-north-1',
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
  });
  expect(connection.applyLive({ voice: 'leo' })).toBe(true);
  expect(model.settings).toMatchObject({ voice: 'leo', language: undefined });
  expect(connection.applyLive({ mode: 'captions' })).toBe(false);
});
