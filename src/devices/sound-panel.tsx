import type { RefObject } from 'react';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { Popover } from '../design/popover.tsx';
import { Slider } from '../design/slider.tsx';
import LogButton from '../problems/log-button.tsx';
import { words } from '../words/page.ts';
import { DeviceSelect } from './device-select.tsx';
import { MicrophoneMeter } from './microphone-meter.tsx';
import { SpeakerPicker } from './speaker-picker.tsx';
import { WhenISpeak } from './when-i-speak.tsx';

interface SoundPanelProps {
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
  /** Shows the speech detector at work. */
  onWatch: () => void;
}

export default function SoundPanel({ anchor, onClose, onWatch }: SoundPanelProps) {
  const controls = useControls();
  const microphoneId = useConversation((state) => state.microphoneId);
  const volume = useConversation((state) => state.volume);
  return (
    <Popover title={words.sound.title} anchor={anchor} onClose={onClose}>
      <div className="space-y-5">
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
        <SpeakerPicker />
        <Slider
          label={words.sound.volume}
          value={volume}
          text={`${Math.round(volume * 100)}%`}
          onChange={(chosen) => controls.setVolume(chosen)}
        />
        <WhenISpeak onWatch={onWatch} />
        <LogButton />
      </div>
    </Popover>
  );
}
