import { initializeLogger } from '@livekit/agents';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { providerId, providerOffer } from '#protocol/provider.ts';
import type { Settings } from '#protocol/settings.ts';
import type { Setup } from '../../e2e/providers/gemini/setup.ts';
import { startGemini, type GeminiEmulator } from '../../e2e/providers/gemini/gemini.ts';
import { checkSettings } from '../settings/check.ts';
import { engineTestTimeoutMs } from '../engine/test-engine.ts';
import { cloudProviders } from './catalogue.ts';
import { gemini } from './catalogue/gemini.ts';
import { Told } from './test-call.ts';

describe('the cloud providers', () => {
  it('are all that the protocol knows but the embedded one, each with an offer that can be sent', () => {
    const known = providerId.options.filter((id) => id !== 'embedded');
    expect(cloudProviders.map(({ id }) => id).sort()).toEqual([...known].sort());
    for (const provider of cloudProviders) {
      expect(providerOffer.safeParse(provider.offer({})).error).toBeUndefined();
    }
  });

  it('say what is missing, and take no empty value for a credential', () => {
    for (const provider of cloudProviders) {
      const missing = provider.missing({});
      expect(missing.length).toBeGreaterThan(0);
      const empty = Object.fromEntries(missing.map((name) => [name, '']));
      expect(provider.missing(empty)).toEqual(missing);
    }
  });
});

describe('Gemini', () => {
  let service: GeminiEmulator;

  beforeAll(async () => {
    initializeLogger({ pretty: false, level: 'silent' });
    service = await startGemini();
    return () => service.stop();
  }, engineTestTimeoutMs);

  /** The setup with which a session of these settings begins, as the service takes it. */
  async function setupFor(model: string, wanted: Settings): Promise<Setup> {
    const env = {
      GOOGLE_API_KEY: 'key',
      GOOGLE_GEMINI_BASE_URL: service.url,
      GEMINI_LIVE_MODEL: model,
    };
    const { settings, refused } = checkSettings(
      { ...wanted, provider: 'gemini' },
      {
        providers: [{ ...gemini, missing: [], sees: true }],
        offer: () => gemini.offer(env),
        inEffect: { provider: 'gemini' },
        ignoresInstructions: () => undefined,
      },
    );
    expect(refused).toEqual([]);
    const told = new Told();
    const before = service.setups.length;
    const session = gemini.connect(env, settings, told).model.session();
    await session._updateSession('Be kind.', undefined, session.tools);
    await vi.waitFor(() => expect(told.connections).toEqual(['connected']), 10_000);
    await session.close();
    const [setup] = service.setups.slice(before);
    if (!setup) throw new Error('There was no setup.');
    return setup;
  }

  it.each([
    ['gemini-3.8-live', {}],
    ['gemini-3.1-flash-live-preview', { thinking_level: 'HIGH' }],
    [
      'gemini-2.5-flash-native-audio-preview-12-2025',
      { thinking_budget: 128, affective_dialog: true, proactive_audio: true },
    ],
  ])('sends %s everything that was set, and nothing that it refuses', async (model, options) => {
    const setup = await setupFor(model, {
      voice: 'Kore',
      turnDetection: { kind: 'automatic', values: { end: 'low', silence_duration_ms: 900 } },
      options: { temperature: 0.5, max_output_tokens: 1024, google_search: true, ...options },
    });
    expect(setup).toMatchObject({
      model: `models/${model}`,
      generationConfig: {
        temperature: 0.5,
        maxOutputTokens: 1024,
        speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Kore' } } },
      },
      realtimeInputConfig: {
        automaticActivityDetection: {
          endOfSpeechSensitivity: 'END_SENSITIVITY_LOW',
          silenceDurationMs: 900,
        },
      },
      tools: [{ googleSearch: {} }],
      contextWindowCompression: { slidingWindow: {} },
    });
    const thought = setup.generationConfig?.thinkingConfig;
    expect(thought).toEqual(
      'thinking_level' in options
        ? { thinkingLevel: 'HIGH' }
        : 'thinking_budget' in options
          ? { thinkingBudget: 128 }
          : undefined,
    );
    expect(setup.generationConfig?.enableAffectiveDialog).toBe(
      'affective_dialog' in options ? true : undefined,
    );
  });

  it('leaves the turns to the person who pushes to talk', async () => {
    const setup = await setupFor('gemini-3.8-live', { mode: 'push-to-talk' });
    expect(setup.realtimeInputConfig).toEqual({ automaticActivityDetection: { disabled: true } });
  });
});
