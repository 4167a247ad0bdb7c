import { useShallow } from 'zustand/react/shallow';
import { useConversation } from '../app/conversation-context.tsx';
import { Announcer } from './announcer.tsx';
import type { PresenceState } from './presence/state.ts';
import { announcementOf, stateWords } from './state-words.ts';

/** The assistant's state in words, for the eye at once and for the ear once it has settled. */
export function StateLine({ state, className = '' }: { state: PresenceState; className?: string }) {
  const around = useConversation(
    useShallow(({ microphone, settings, hold, service }) => ({
      microphone,
      settings,
      hold,
      service,
    })),
  );
  const { name, hint } = stateWords(state, around);
  return (
    <div className={className}>
      <p className="text-xl font-semibold tracking-[-0.02em] lg:text-2xl">{name}</p>
      <p className="mt-0.5 text-sm text-muted lg:mt-1 lg:text-base">{hint}</p>
      <Announcer text={announcementOf(state, around)} />
    </div>
  );
}
