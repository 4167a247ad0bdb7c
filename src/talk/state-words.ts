import type { Microphone } from '../conversation/state.ts';
import { words } from '../words/en.ts';
import type { PresenceState } from './presence/state.ts';

interface StateWords {
  readonly name: string;
  readonly hint: string;
}

/** The state in a word, and what it means for the person now. */
export function stateWords(state: PresenceState, microphone: Microphone): StateWords {
  const said = words.presence[state];
  if (state !== 'listening' && state !== 'interrupted') return said;
  return { name: said.name, hint: microphoneHint(microphone) ?? said.hint };
}

/**
 * What a screen reader says on reaching a state. Nothing for speaking, since it is heard,
 * and nothing for the short waits that every turn has.
 */
export function announcementOf(state: PresenceState, microphone: Microphone): string {
  if (state === 'speaking' || state === 'initializing' || state === 'idle') return '';
  const { name } = stateWords(state, microphone);
  const hint = microphoneHint(microphone);
  return state === 'listening' && hint ? `${name}. ${hint}.` : name;
}

function microphoneHint(microphone: Microphone): string | undefined {
  if (microphone.kind === 'live') return microphone.muted ? words.presence.muted : undefined;
  return microphone.kind === 'opening'
    ? words.presence.openingMicrophone
    : words.presence.noMicrophone;
}
