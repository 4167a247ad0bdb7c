import { isDeepStrictEqual } from 'node:util';
import type { ProviderOffer } from '#protocol/provider.ts';
import type { Settings } from '#protocol/settings.ts';

/**
 * What has to be done to go from one state of the settings to another. `adjust`: the same session may go on, if the
 * provider can take the change of its own settings (`own`) in the running session.
 */
export type Change =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'adjust';
      readonly own: boolean;
      readonly instructions: boolean;
      readonly tools: boolean;
    }
  | { readonly kind: 'renew' };

/** Both states have been checked, so that defaults are filled in. `offer` is that of the later one's provider. */
export function changeBetween(before: Settings, after: Settings, offer: ProviderOffer): Change {
  if (isDeepStrictEqual(before, after)) return { kind: 'none' };
  if (before.provider !== after.provider || !modeCanFollow(before, after, offer)) {
    return { kind: 'renew' };
  }
  return {
    kind: 'adjust',
    own: !isDeepStrictEqual(ownOf(before), ownOf(after)),
    // They name the language to speak.
    instructions: before.instructions !== after.instructions || before.language !== after.language,
    tools: !isDeepStrictEqual(before.toolsOff, after.toolsOff),
  };
}

/** Where only the microphone is gated, the provider need not know that the turn is held. */
function modeCanFollow(before: Settings, after: Settings, offer: ProviderOffer): boolean {
  if (before.mode === after.mode) return true;
  return offer.pushToTalk === 'gated' && before.mode !== 'captions' && after.mode !== 'captions';
}

/** What is the provider's own matter: the framework sees to instructions and tools. */
function ownOf({ voice, language, turnDetection, noiseReduction, options }: Settings): object {
  return { voice, language, turnDetection, noiseReduction, options };
}
