import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encode } from '#protocol/codec.ts';
import { storedSettings } from '#protocol/settings.ts';
import { fuzzing, fuzzingLimitMs, hostileJson } from '#protocol/testing/fuzzing.ts';
import { SettingsStorage, type Shelf } from './storage.ts';

const settings = {
  provider: 'openai',
  voice: 'marin',
  instructions: 'Be brief.',
  turnDetection: { kind: 'semantic_vad', values: { eagerness: 'low' } },
  options: { temperature: 0.8 },
  toolsOff: ['dice'],
};
const offer = {
  provider: 'openai',
  model: 'm',
  voices: [{ id: 'marin', label: 'Marin' }],
  takesOtherVoices: false,
  languages: [],
  turnDetection: [],
  noiseReduction: [],
  options: [],
  pushToTalk: 'manual',
  captions: true,
};
const offers = {
  answering: 'openai',
  providers: [{ id: 'openai', name: 'OpenAI', description: 'x', runsLocally: false, missing: [] }],
  tools: [{ name: 'dice', title: 'Dice' }],
  offers: { openai: offer },
};

function shelfWith(text: string): Shelf {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? text,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

it(
  'takes settings that lie in the browser only where they can be sent on as they are',
  () => {
    fc.assert(
      fc.property(hostileJson([settings, offers]), (text) => {
        const storage = new SettingsStorage(shelfWith(text));
        expect(() => encode(storedSettings, storage.current())).not.toThrow();
        const known = storage.offers();
        if (known) expect(Array.isArray(known.providers)).toBe(true);
        storage.keep(storage.current());
        expect(storage.current()).toEqual(storage.of(storage.current().provider ?? 'openai'));
      }),
      fuzzing(),
    );
  },
  fuzzingLimitMs,
);
