import { expect, test } from 'vitest';
import { providerOffer } from '#protocol/provider.ts';
import type { Settings } from '#protocol/settings.ts';
import type { ProviderObserver } from '../provider.ts';
import { toVoiceLiveOptions } from './voice-live-options.ts';
import { voiceLive } from './voice-live.ts';

const env = {
  AZURE_VOICELIVE_ENDPOINT: 'http://127.0.0.1:9',
  AZURE_VOICELIVE_API_KEY: 'very-secret',
  AZURE_VOICELIVE_MODEL: 'gpt-5-mini',
};
const observer: ProviderObserver = {
  connection: () => undefined,
  problem: () => undefined,
  viseme: () => undefined,
  approve: () => Promise.resolve(false),
  toolStarted: () => undefined,
  toolFinished: () => undefined,
};

test('says what is missing: an address, and a key or an identity', () => {
  expect(voiceLive.missing(env)).toEqual([]);
  expect(voiceLive.missing({})).toEqual([
    expect.stringContaining('AZURE_VOICELIVE_ENDPOINT'),
    expect.stringContaining('AZURE_VOICELIVE_API_KEY'),
  ]);
  const withIdentity = { AZURE_VOICELIVE_ENDPOINT: 'x', AZURE_CLIENT_ID: 'y' };
  expect(voiceLive.missing(withIdentity)).toEqual([]);
  expect(() => voiceLive.connect({}, {}, observer)).toThrow(/AZURE_VOICELIVE_ENDPOINT/);
});

test('offers what the protocol can carry, and leaves room for the rest of the message', () => {
  const offer = voiceLive.offer(env);
  expect(providerOffer.safeParse(offer).error).toBeUndefined();
  expect(JSON.stringify(offer).length).toBeLessThan(11_000);
  expect(offer.voices.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['vi-VN-HoaiMyNeural', 'marin', 'ava']),
  );
  expect(new Set(offer.voices.map(({ id }) => id)).size).toBe(offer.voices.length);
  expect(offer.options.find(({ name }) => name === 'model')).toMatchObject({
    default: 'gpt-5-mini',
  });
  expect(offer).toMatchObject({ takesOtherVoices: true, pushToTalk: 'manual', captions: true });
});

test('hands the settings of the page to the plugin', () => {
  const settings: Settings = {
    voice: 'vi-VN-HoaiMyNeural',
    language: 'vi-VN',
    turnDetection: {
      kind: 'azure_semantic_vad',
      values: {
        variant: 'azure_semantic_vad_multilingual',
        silence: 700,
        eou: 'many',
        eouLevel: 'high',
        fillers: true,
      },
    },
    noiseReduction: 'azure_deep_noise_suppression',
    options: {
      rate: 1.2,
      pitch: 10,
      outputFormat: 'g711_alaw',
      interim: 'static',
      interimTexts: 'Hm.\nLet me see.',
      avatar: 'lisa',
      mcpUrl: 'https://mcp.example/mcp',
      mcpTools: 'search, fetch',
    },
  };
  const secret = { ...env, AZURE_VOICELIVE_MCP_AUTHORIZATION: 'token' };
  expect(toVoiceLiveOptions(secret, settings)).toMatchObject({
    model: 'gpt-5-mini',
    voice: { type: 'azure-standard', name: 'vi-VN-HoaiMyNeural', rate: '1.2', pitch: '+10%' },
    turnDetection: {
      type: 'azure_semantic_vad_multilingual',
      silenceDurationMs: 700,
      endOfUtterance: { model: 'semantic_detection_v1_multilingual', thresholdLevel: 'high' },
      removeFillerWords: true,
      languages: ['vi'],
    },
    noiseReduction: 'azure_deep_noise_suppression',
    outputFormat: 'g711_alaw',
    transcription: { model: 'azure-speech', language: 'vi-VN' },
    interimResponse: { type: 'static', texts: ['Hm.', 'Let me see.'] },
    avatar: { character: 'lisa' },
    mcpServers: [
      {
        url: 'https://mcp.example/mcp',
        authorization: 'token',
        allowedTools: ['search', 'fetch'],
        requireApproval: 'always',
      },
    ],
  });
});

test('knows every kind of voice', () => {
  const voiceOf = (settings: Settings) => toVoiceLiveOptions(env, settings).voice;
  expect(voiceOf({ voice: 'marin' })).toEqual({ type: 'openai', name: 'marin' });
  expect(voiceOf({ voice: 'ava' })).toEqual({ type: 'azure-realtime-native', name: 'ava' });
  expect(voiceOf({ voice: 'Mine', options: { customVoice: 'id' } })).toMatchObject({
    type: 'azure-custom',
    endpointId: 'id',
  });
  expect(voiceOf({ voice: 'Me', options: { personalVoice: 'DragonLatestNeural' } })).toMatchObject({
    type: 'azure-personal',
    model: 'DragonLatestNeural',
  });
});

test('lets the person hold turns, or only writes down', () => {
  const held = voiceLive.connect(env, { mode: 'push-to-talk' }, observer).model;
  expect(held.capabilities.turnDetection).toBe(false);
  const written = voiceLive.connect(env, { mode: 'captions' }, observer).model;
  expect(written.capabilities).toMatchObject({ turnDetection: true, audioOutput: false });
});
