import type { ConversationState } from '../../conversation/state.ts';

/** How the assistant's presence looks and is called: the call first, since without it nobody is there. */
export type PresenceState =
  | 'idle'
  | 'connecting'
  | 'reconnecting'
  | 'waiting'
  | 'absent'
  | 'initializing'
  | 'listening'
  | 'thinking'
  | 'speaking'
  | 'interrupted';

export function presenceOf({
  call,
  assistant,
}: Pick<ConversationState, 'call' | 'assistant'>): PresenceState {
  if (call.kind === 'idle' || call.kind === 'ended') return 'idle';
  if (call.kind !== 'connected') return call.kind;
  if (assistant.kind === 'none' || assistant.kind === 'awaited') return 'waiting';
  return assistant.kind;
}
