import { describe, expect, it } from 'vitest';
import { capabilitiesResponse, type Capabilities } from '#protocol/capabilities.ts';
import { encode } from '#protocol/codec.ts';
import { configureResponse } from '#protocol/settings.ts';
import { skillCatalogue } from '../skills/catalogue.ts';
import { embeddedOffer } from '../voice/embedded-offer.ts';
import { fittingCapabilities, fittingConfigured } from './fitting-answer.ts';

const small: Capabilities = {
  engine: {
    id: 'embedded',
    name: 'Embedded engine',
    description: '',
    runsLocally: true,
    parts: { listening: '', thinking: '', speaking: '' },
  },
  languages: ['en'],
  tools: skillCatalogue,
  providers: [],
  offer: embeddedOffer('Rules'),
  settings: { instructions: 'Be brief.' },
  resumed: false,
};
const voices = Array.from({ length: 80 }, (_, i) => ({ id: `voice-${i}`, label: 'x'.repeat(100) }));

describe('an answer about capabilities', () => {
  it('is sent whole where it fits', () => {
    expect(fittingCapabilities(small)).toEqual(small);
  });

  it('loses notes before anything else', () => {
    const kind = { kind: 'k', label: 'K', note: 'x'.repeat(300), fields: [] };
    const offer = { ...small.offer, turnDetection: Array.from({ length: 50 }, () => kind) };
    const fitted = fittingCapabilities({ ...small, offer });
    expect(fitted.offer.turnDetection[0]).toEqual({ kind: 'k', label: 'K', fields: [] });
    expect(fitted.tools).toEqual(small.tools);
  });

  it('fits even with a long list of voices and instructions in another script', () => {
    const settings = { instructions: '語'.repeat(4000) };
    const fitted = fittingCapabilities({ ...small, offer: { ...small.offer, voices }, settings });
    expect(() => encode(capabilitiesResponse, fitted)).not.toThrow();
    expect(fitted.offer.voices.length).toBeGreaterThan(0);
    expect(fitted.offer.options).toEqual(small.offer.options);
  });
});

describe('an answer about settings', () => {
  it('fits with the longest instructions and many refusals', () => {
    const refusal = { setting: 'options.x', reason: 'x'.repeat(300) };
    const refused = Array.from({ length: 32 }, () => refusal);
    const settings = { provider: 'openai', instructions: '語'.repeat(4600) } as const;
    const fitted = fittingConfigured({ settings, refused, applied: 'live' });
    expect(() => encode(configureResponse, fitted)).not.toThrow();
    expect(fitted.refused.length).toBeGreaterThan(0);
    expect(fitted.settings.provider).toBe('openai');
  });
});
