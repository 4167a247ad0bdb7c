import type { ConversationState, Microphone } from '../conversation/state.ts';
import { modeOf } from '../settings/state.ts';
import { words } from '../words/page.ts';
import type { PresenceState } from './presence/state.ts';

interface StateWords {
  readonly name: string;
  readonly hint: string;
}

type Surroundings = Pick<ConversationState, 'microphone' | 'settings' | 'hold' | 'service'>;

/** The state in a word, and what it means for the person now. */
export function stateWords(state: PresenceState, around: Surroundings): StateWords {
  const said = words.presence[state];
  if (state === 'thinking' || state === 'speaking') {
    return modeOf(around.settings) === 'push-to-talk' && state === 'speaking'
      ? { name: said.name, hint: words.hold.hint }
      : said;
  }
  if (state !== 'listening' && state !== 'interrupted') return said;
  return { name: said.name, hint: obstacle(around) ?? modeHint(around) ?? said.hint };
}

/**
 * What a screen reader says on reaching a state. Nothing for speaking, since it is heard,
 * and nothing for the short waits that every turn has.
 */
export function announcementOf(state: PresenceState, around: Surroundings): string {
  if (state === 'speaking' || state === 'initializing' || state === 'idle') return '';
  const { name } = stateWords(state, around);
  const hint = obstacle(around) ?? modeHint(around);
  return state === 'listening' && hint ? `${name}. ${hint}.` : name;
}

/** What keeps the person from being heard. */
function obstacle({ microphone, service }: Surroundings): string | undefined {
  return service === 'reconnecting' ? words.presence.serviceAway : microphoneHint(microphone);
}

function modeHint({ settings, hold }: Surroundings): string | undefined {
  const mode = modeOf(settings);
  if (mode === 'captions') return words.presence.captions;
  if (mode === 'conversation') return undefined;
  if (hold.kind === 'denied') return words.hold.denied[hold.because];
  return hold.kind === 'held' ? words.hold.heldHint : words.hold.hint;
}

function microphoneHint(microphone: Microphone): string | undefined {
  if (microphone.kind === 'live') return microphone.muted ? words.presence.muted : undefined;
  return microphone.kind === 'opening'
    ? words.presence.openingMicrophone
    : words.presence.noMicrophone;
}
