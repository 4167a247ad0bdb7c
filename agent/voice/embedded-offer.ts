import type { ProviderOffer } from '#protocol/provider.ts';
import type { Settings } from '#protocol/settings.ts';
import type { EndpointingOptions } from '../engine/wire/messages.ts';
import { defaultEndpointerSettings } from '../engine/listening/endpointer.ts';

const { silenceMs } = defaultEndpointerSettings;

/** What can be set while the embedded engine answers. `model` names what thinks. */
export function embeddedOffer(model: string): ProviderOffer {
  const patience = { kind: 'number', min: 100, max: 3000, step: 20, unit: 'ms' } as const;
  return {
    provider: 'embedded',
    model,
    voices: [{ id: 'joe', label: 'Joe', language: 'en-US' }],
    takesOtherVoices: false,
    languages: ['en'],
    turnDetection: [
      {
        kind: 'words',
        label: 'Silence and words',
        note: 'How much silence ends a turn depends on how finished the words read.',
        fields: [
          {
            ...patience,
            name: 'completeSilenceMs',
            label: 'After a finished sentence',
            default: silenceMs.complete,
          },
          {
            ...patience,
            name: 'openSilenceMs',
            label: 'After a sentence that may go on',
            default: silenceMs.open,
          },
          {
            ...patience,
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
  const ms = (name: string, byDefault: number): number => {
    if (mode === 'push-to-talk') return heldPatienceMs;
    const value = turnDetection?.values[name];
    return typeof value === 'number' ? Math.round(value) : byDefault;
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
