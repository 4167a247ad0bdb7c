import type { ProviderOffer } from '#protocol/provider.ts';
import type { Settings } from '#protocol/settings.ts';
import type { EndpointingOptions } from '../engine/wire/messages.ts';
import { defaultEndpointerSettings } from '../engine/listening/endpointer.ts';

const { silenceMs } = defaultEndpointerSettings;

/** How much longer than by default a person is waited for. */
const patience = { quick: 0.65, normal: 1, patient: 1.7 } as const;

/** What can be set while the embedded engine answers. `model` names what thinks. */
export function embeddedOffer(model: string): ProviderOffer {
  const silence = { kind: 'number', min: 100, max: 3000, step: 20, unit: 'ms' } as const;
  return {
    provider: 'embedded',
    model,
    voices: [{ id: 'joe', label: 'Joe', language: 'en-US' }],
    takesOtherVoices: false,
    languages: ['en'],
    turnDetection: [
      {
        kind: 'patience',
        label: 'Silence and words',
        note: 'How much silence ends a turn depends on how finished the words read.',
        fields: [
          {
            kind: 'choice',
            name: 'patience',
            label: 'When you pause',
            choices: [
              { value: 'quick', label: 'Quick: answers soon' },
              { value: 'normal', label: 'Normal' },
              { value: 'patient', label: 'Patient: lets you think' },
            ],
            default: 'normal',
          },
        ],
      },
      {
        kind: 'words',
        label: 'Silence and words, in detail',
        fields: [
          {
            ...silence,
            name: 'completeSilenceMs',
            label: 'After a finished sentence',
            default: silenceMs.complete,
          },
          {
            ...silence,
            name: 'openSilenceMs',
            label: 'After a sentence that may go on',
            default: silenceMs.open,
          },
          {
            ...silence,
            name: 'incompleteSilenceMs',
            label: 'After an unfinished sentence',
            default: silenceMs.incomplete,
          },
        ],
      },
    ],
    noiseReduction: [],
    options: [
      {
        kind: 'number',
        name: 'speed',
        label: 'Speaking pace',
        min: 0.5,
        max: 2,
        step: 0.05,
        unit: '×',
        default: 1,
      },
    ],
    pushToTalk: 'manual',
    captions: true,
  };
}

/** While the person holds the turn no silence ends it; in ms, the most that the engine takes. */
const heldPatienceMs = 10_000;

/** The engine's patience under these settings. */
export function endpointingUnder({ mode, turnDetection }: Settings): EndpointingOptions {
  const chosen = turnDetection?.values['patience'];
  const factor = chosen === 'quick' || chosen === 'patient' ? patience[chosen] : patience.normal;
  const ms = (name: string, byDefault: number): number => {
    if (mode === 'push-to-talk') return heldPatienceMs;
    const value = turnDetection?.values[name];
    return typeof value === 'number' ? Math.round(value) : Math.round(byDefault * factor);
  };
  return {
    completeSilenceMs: ms('completeSilenceMs', silenceMs.complete),
    openSilenceMs: ms('openSilenceMs', silenceMs.open),
    incompleteSilenceMs: ms('incompleteSilenceMs', silenceMs.incomplete),
  };
}

/** The pace of the voice under these settings; 1 is its own. */
export function speedUnder({ options }: Settings): number {
  const speed = options?.['speed'];
  return typeof speed === 'number' ? speed : 1;
}
