import { describe, expect, it } from 'vitest';
import type { ProviderId, ProviderOffer, ProviderSummary } from '#protocol/provider.ts';
import type { Settings } from '#protocol/settings.ts';
import { checkSettings, type Choices } from './check.ts';

const embedded: ProviderOffer = {
  provider: 'embedded',
  model: 'Rules',
  voices: [{ id: 'joe', label: 'Joe' }],
  takesOtherVoices: false,
  languages: ['en'],
  turnDetection: [
    {
      kind: 'words',
      label: 'Words',
      fields: [
        { kind: 'number', name: 'ms', label: 'Silence', min: 100, max: 900, step: 1, default: 300 },
      ],
    },
  ],
  noiseReduction: [],
  options: [],
  pushToTalk: 'manual',
  captions: true,
};
const cloud: ProviderOffer = {
  ...embedded,
  provider: 'openai',
  voices: [
    { id: 'marin', label: 'Marin' },
    { id: 'cedar', label: 'Cedar' },
  ],
  languages: [],
  turnDetection: [
    {
      kind: 'semantic',
      label: 'Meaning',
      fields: [
        {
          kind: 'choice',
          name: 'eagerness',
          label: 'Eagerness',
          choices: [
            { value: 'low', label: 'Low' },
            { value: 'high', label: 'High' },
          ],
          default: 'low',
        },
      ],
    },
    { kind: 'silence', label: 'Silence', fields: [] },
  ],
  noiseReduction: [
    { value: 'off', label: 'Off' },
    { value: 'near', label: 'Near' },
  ],
  options: [
    { kind: 'number', name: 'speed', label: 'Pace', min: 0.5, max: 1.5, step: 0.1, default: 1 },
    { kind: 'switch', name: 'fillers', label: 'Fillers', default: false },
    { kind: 'text', name: 'style', label: 'Style', maxLength: 5, default: '' },
  ],
  captions: false,
};
const summary = (id: ProviderId, name: string, missing: string[]): ProviderSummary => ({
  id,
  name,
  description: '',
  runsLocally: false,
  missing,
});
const choices: Choices = {
  providers: [
    summary('embedded', 'Embedded engine', []),
    summary('openai', 'OpenAI', []),
    summary('gemini', 'Gemini', ['GOOGLE_API_KEY']),
  ],
  offer: (id) => (id === 'openai' ? cloud : embedded),
  inEffect: { provider: 'embedded', voice: 'joe', mode: 'conversation' },
  ignoresInstructions: (id) => (id === 'embedded' ? 'Rules take no instructions.' : undefined),
};
const check = (wanted: Settings) => checkSettings(wanted, choices);
const refusedIn = (wanted: Settings) => check(wanted).refused.map(({ setting }) => setting);

describe('settings that leave all open', () => {
  it('stay with the provider and get its defaults', () => {
    expect(check({})).toEqual({
      settings: {
        provider: 'embedded',
        voice: 'joe',
        turnDetection: { kind: 'words', values: { ms: 300 } },
        mode: 'conversation',
      },
      refused: [],
    });
    expect(check({ provider: 'openai' }).settings).toEqual({
      provider: 'openai',
      voice: 'marin',
      turnDetection: { kind: 'semantic', values: { eagerness: 'low' } },
      mode: 'conversation',
      noiseReduction: 'off',
      options: { speed: 1, fillers: false, style: '' },
    });
  });
});

describe('settings within the offer', () => {
  it('stand as they are', () => {
    const wanted: Settings = {
      provider: 'openai',
      voice: 'cedar',
      instructions: 'Be brief.',
      turnDetection: { kind: 'semantic', values: { eagerness: 'high' } },
      mode: 'push-to-talk',
      noiseReduction: 'near',
      options: { speed: 1.5, fillers: true, style: 'calm' },
      toolsOff: ['roll_dice'],
    };
    expect(check(wanted)).toEqual({ settings: wanted, refused: [] });
  });

  it('find a language whatever its region', () => {
    expect(check({ language: 'en-GB' })).toMatchObject({ settings: { language: 'en' } });
  });

  it('stay the same when they are checked again', () => {
    const { settings } = check({ provider: 'openai', toolsOff: ['b', 'a', 'b'] });
    expect(check(settings)).toEqual({ settings, refused: [] });
  });
});

describe('what cannot be', () => {
  it.each<[string, Settings, string]>([
    ['a voice of nobody', { provider: 'openai', voice: 'joe' }, 'voice'],
    ['a language where none can be told', { provider: 'openai', language: 'en' }, 'language'],
    ['a language that is not spoken', { language: 'vi' }, 'language'],
    ['captions where there are none', { provider: 'openai', mode: 'captions' }, 'mode'],
    ['another noise reduction', { provider: 'openai', noiseReduction: 'far' }, 'noiseReduction'],
    ['another turn detection', { turnDetection: { kind: 'guess', values: {} } }, 'turnDetection'],
    ['instructions to rules', { instructions: 'Be brief.' }, 'instructions'],
    ['an unknown option', { options: { volume: 11 } }, 'options.volume'],
    ['a number too large', { provider: 'openai', options: { speed: 2 } }, 'options.speed'],
    ['text for a number', { provider: 'openai', options: { speed: 'fast' } }, 'options.speed'],
    ['a number for a switch', { provider: 'openai', options: { fillers: 1 } }, 'options.fillers'],
    ['text too long', { provider: 'openai', options: { style: 'calmly' } }, 'options.style'],
    [
      'a choice that is none',
      { provider: 'openai', turnDetection: { kind: 'semantic', values: { eagerness: 'mad' } } },
      'turnDetection.eagerness',
    ],
    ['a name that all objects have', { options: { constructor: 'x' } }, 'options.constructor'],
  ])('%s is refused by name, and the rest applies', (_, wanted, setting) => {
    const { refused, settings } = check({ ...wanted, toolsOff: ['flip_coin'] });
    expect(refused.map((refusal) => refusal.setting)).toEqual([setting]);
    expect(refused[0]?.reason).toMatch(/\.$/);
    expect(settings.toolsOff).toEqual(['flip_coin']);
    expect(refusedIn(settings)).toEqual([]);
  });

  it('says plainly what an engine of one language speaks', () => {
    expect(check({ language: 'vi-VN' }).refused).toEqual([
      {
        setting: 'language',
        reason: 'Embedded engine understands and speaks only English, not Vietnamese.',
      },
    ]);
  });

  it('says which credentials a provider lacks, and stays as it was', () => {
    const { settings, refused } = check({ provider: 'gemini', voice: 'Puck', toolsOff: ['spell'] });
    expect(refused).toEqual([
      { setting: 'provider', reason: 'Gemini cannot be chosen; missing: GOOGLE_API_KEY.' },
    ]);
    expect(settings).toMatchObject({ provider: 'embedded', voice: 'joe', toolsOff: ['spell'] });
  });

  it('lets a voice be named where others are taken', () => {
    const offer = { ...embedded, takesOtherVoices: true };
    const { settings } = checkSettings({ voice: 'mine' }, { ...choices, offer: () => offer });
    expect(settings.voice).toBe('mine');
  });
});
