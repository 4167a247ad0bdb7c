import { useControls, useConversation } from '../app/conversation-context.tsx';
import { words } from '../words/page.ts';
import { DeviceSelect } from './device-select.tsx';
import { MicrophoneMeter } from './microphone-meter.tsx';

/** Which microphone is listened to, and how loud it is. */
export function MicrophonePicker() {
  const controls = useControls();
  const microphoneId = useConversation((state) => state.microphoneId);
  return (
    <div>
      <DeviceSelect
        kind="audioinput"
        label={words.sound.microphone}
        value={microphoneId}
        nameless={words.sound.microphoneNumber}
        onChange={(deviceId) => void controls.chooseMicrophone(deviceId)}
      />
      <MicrophoneMeter />
    </div>
  );
}
