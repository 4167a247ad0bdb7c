import { initializeLogger, llm } from '@livekit/agents';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { ProviderId } from '#protocol/provider.ts';
import type { Settings } from '#protocol/settings.ts';
import { engineTestTimeoutMs } from '../engine/test-engine.ts';
import { checkSettings } from '../settings/check.ts';
import { cloudProviders } from './catalogue.ts';
import type { CloudProvider } from './provider.ts';
import { TestCall, Told } from './test-call.ts';

const { env } = process;
/** A service that is far away, and loads a model for the first caller of the day, may take its time. */
const patienceMs = 45_000;

/** The variables that say where a service is, where that is not the vendor's own address. */
const addresses: Readonly<Partial<Record<ProviderId, readonly string[]>>> = {
  'nova-sonic': ['AWS_ENDPOINT_URL_BEDROCK_RUNTIME', 'AWS_ENDPOINT_URL'],
  'voice-live': ['AZURE_VOICELIVE_ENDPOINT'],
  openai: ['OPENAI_BASE_URL'],
  'azure-openai': ['AZURE_OPENAI_ENDPOINT'],
  gemini: ['GOOGLE_GEMINI_BASE_URL'],
};

/** Costs a few cents with each service whose credentials are set. */
describe('the real service of', { timeout: engineTestTimeoutMs }, () => {
  for (const provider of cloudProviders) {
    it(`${provider.name} understands a question, uses a tool and answers aloud`, async ({
      skip,
    }) => {
      const reason = whyNot(provider);
      skip(reason !== undefined, reason);
      initializeLogger({ pretty: false, level: env['LOG_LEVEL'] ?? 'silent' });
      const told = new Told();
      const look = vi.fn(() => Promise.resolve({ status: 'It was sent on Monday.' }));
      const status = llm.tool({
        name: 'shop_order_status',
        description: 'Says what has become of the order of the person.',
        parameters: z.object({}),
        execute: look,
      });
      const call = await TestCall.start({
        model: provider.connect(env, defaultsOf(provider), told).model,
        instructions: 'Look up orders with your tool. Answer in one short sentence of English.',
        tools: [status],
      });
      try {
        await vi.waitFor(() => expect(told.connections).toContain('connected'), patienceMs);
        await call.say('What is the status of my order?');
        await call.reply(/monday/i, patienceMs);
        expect(look).toHaveBeenCalled();
        expect(call.heard.join(' ')).toMatch(/order/i);
        expect(call.loudspeaker.playedMs).toBeGreaterThan(500);
        expect(told.problems).toEqual([]);
      } finally {
        await call.end();
      }
    });
  }
});

function whyNot(provider: CloudProvider): string | undefined {
  const missing = provider.missing(env);
  if (missing.length > 0) return `not set: ${missing.join(', ')}`;
  const emulated = addresses[provider.id]?.find((name) => isOfThisMachine(env[name] ?? ''));
  return emulated && `${emulated} leads to this machine`;
}

function isOfThisMachine(address: string): boolean {
  if (!URL.canParse(address)) return false;
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(address).hostname);
}

/** What is in effect where nothing was chosen. */
function defaultsOf(provider: CloudProvider): Settings {
  const chosen: Settings = { provider: provider.id };
  const { settings } = checkSettings(chosen, {
    providers: [{ ...provider, missing: [], sees: true }],
    offer: () => provider.offer(env),
    inEffect: chosen,
    ignoresInstructions: () => undefined,
  });
  return settings;
}
