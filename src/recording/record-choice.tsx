import { useStore } from 'zustand';
import { useControls } from '../app/conversation-context.tsx';
import { Choice } from '../design/choice.tsx';
import { readableBytes } from '../history/sizes.ts';
import { recordingWords as said } from '../words/recording.ts';
import { bitsPerSecond } from './sound-recorder.ts';
import { recordingOf } from './talk-recording.ts';

const bytesPerMinute = (bitsPerSecond / 8) * 60;

/** Whether this conversation is recorded, which may change in the middle of it, and whether later ones are. */
export function RecordChoice() {
  const recording = recordingOf(useControls());
  const here = useStore(recording.store, (state) => state.here);
  return (
    <fieldset>
      <legend className="text-sm font-medium">{said.title}</legend>
      <Choice
        type="checkbox"
        label={said.record}
        note={said.recordNote(readableBytes(bytesPerMinute))}
        checked={here}
        onChange={(checked) => recording.chooseHere(checked)}
      />
      <RecordAlways />
    </fieldset>
  );
}

/** Whether conversations after this one are recorded. */
export function RecordAlways() {
  const recording = recordingOf(useControls());
  const always = useStore(recording.store, (state) => state.always);
  return (
    <Choice
      type="checkbox"
      label={said.always}
      note={said.alwaysNote}
      checked={always}
      onChange={(checked) => recording.chooseAlways(checked)}
    />
  );
}
