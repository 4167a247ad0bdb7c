import { Button } from '../design/button.tsx';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { words } from '../words/page.ts';
import { DeviceSelect } from './device-select.tsx';

/** Firefox lists a speaker only after the person has picked it in the browser's own dialog. */
type SpeakerDialog = MediaDevices & { selectAudioOutput?: () => Promise<MediaDeviceInfo> };

export function SpeakerPicker() {
  const controls = useControls();
  const speakerId = useConversation((state) => state.speakerId);
  if (!('setSinkId' in HTMLMediaElement.prototype)) {
    return (
      <div>
        <p className="text-sm font-medium">{words.sound.speaker}</p>
        <p className="mt-1 text-sm text-muted">{words.sound.speakerFixed}</p>
      </div>
    );
  }
  const mediaDevices = navigator.mediaDevices as SpeakerDialog;
  const choose = (deviceId: string): void => void controls.chooseSpeaker(deviceId);
  const openDialog = async (): Promise<void> => {
    try {
      const device = await mediaDevices.selectAudioOutput?.();
      if (device) choose(device.deviceId);
    } catch {
      // The person closed the browser's dialog: the speaker stays as it is.
    }
  };
  return (
    <div>
      <DeviceSelect
        kind="audiooutput"
        label={words.sound.speaker}
        value={speakerId}
        nameless={words.sound.speakerNumber}
        onChange={choose}
      />
      {mediaDevices.selectAudioOutput && (
        <Button className="mt-2 w-full" onClick={() => void openDialog()}>
          {words.sound.moreSpeakers}
        </Button>
      )}
    </div>
  );
}
