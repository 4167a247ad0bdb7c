import { describe, expect, it } from 'vitest';
import { embeddedOffer } from '../voice/embedded-offer.ts';
import { changeBetween } from './change.ts';

const offer = embeddedOffer('Rules');
const before = { provider: 'embedded', voice: 'joe', mode: 'conversation' } as const;

describe('a change of settings', () => {
  it('is none where all is the same', () => {
    expect(changeBetween(before, { ...before }, offer)).toEqual({ kind: 'none' });
  });

  it('of the provider takes a new session', () => {
    expect(changeBetween(before, { ...before, provider: 'openai' }, offer).kind).toBe('renew');
  });

  it('of instructions and tools leaves the provider’s own settings alone', () => {
    const after = { ...before, instructions: 'Be brief.', toolsOff: ['spell'] };
    expect(changeBetween(before, after, offer)).toEqual({
      kind: 'adjust',
      own: false,
      instructions: true,
      tools: true,
    });
  });

  it('of the language changes what the model is told as well', () => {
    const after = { ...before, language: 'vi' };
    expect(changeBetween(before, after, offer)).toMatchObject({ own: true, instructions: true });
  });

  it('of a voice is the provider’s to take', () => {
    expect(changeBetween(before, { ...before, voice: 'ann' }, offer)).toMatchObject({ own: true });
  });

  it('to held turns takes a new session, unless only the microphone is gated', () => {
    const held = { ...before, mode: 'push-to-talk' } as const;
    const gated = { ...offer, pushToTalk: 'gated' } as const;
    expect(changeBetween(before, held, offer).kind).toBe('renew');
    expect(changeBetween(before, held, gated)).toMatchObject({ kind: 'adjust', own: false });
    expect(changeBetween(before, { ...before, mode: 'captions' }, gated).kind).toBe('renew');
  });
});
