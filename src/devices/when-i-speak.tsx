import { Activity } from 'lucide-react';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { sensitivities } from '../barge-in/policy.ts';
import { Button } from '../design/button.tsx';
import { Choice } from '../design/choice.tsx';
import { TuneRoom } from '../tuning/tune-room.tsx';
import { bargeInWords as said } from '../words/barge-in.ts';

/** How readily the assistant gives way to the person's voice. */
export function WhenISpeak({ onWatch }: { onWatch: () => void }) {
  const controls = useControls();
  const chosen = useConversation((state) => state.sensitivity);
  return (
    <fieldset>
      <legend className="text-sm font-medium">{said.title}</legend>
      {sensitivities.map((sensitivity) => (
        <Choice
          key={sensitivity}
          type="radio"
          name="when-i-speak"
          label={said.sensitivities[sensitivity].name}
          note={said.sensitivities[sensitivity].note}
          checked={sensitivity === chosen}
          onChange={() => controls.setSensitivity(sensitivity)}
        />
      ))}
      <TuneRoom />
      <Button className="mt-2 w-full" icon={Activity} onClick={onWatch}>
        {said.watch}
      </Button>
    </fieldset>
  );
}
