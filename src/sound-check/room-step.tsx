import { useConversation } from '../app/conversation-context.tsx';
import { TuneRoom } from '../tuning/tune-room.tsx';
import { soundCheckWords } from '../words/sound-check.ts';

/** Whether the microphone hears the loudspeaker, and which setting of cutting in follows from that. */
export function RoomStep() {
  const live = useConversation(({ microphone }) => microphone.kind === 'live');
  const said = soundCheckWords.room;
  return (
    <>
      <p className="text-sm">{said.advice}</p>
      <TuneRoom />
      {!live && <p className="text-sm text-muted">{said.needsMicrophone}</p>}
    </>
  );
}
