import type { RefObject } from 'react';
import { Popover } from '../design/popover.tsx';
import LogButton from '../problems/log-button.tsx';
import { RecordChoice } from '../recording/record-choice.tsx';
import { words } from '../words/page.ts';
import { MicrophonePicker } from './microphone-picker.tsx';
import { SpeakerPicker } from './speaker-picker.tsx';
import { VolumeSlider } from './volume-slider.tsx';
import { WhenISpeak } from './when-i-speak.tsx';

interface SoundPanelProps {
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
  /** Shows the speech detector at work. */
  onWatch: () => void;
}

export default function SoundPanel({ anchor, onClose, onWatch }: SoundPanelProps) {
  return (
    <Popover title={words.sound.title} anchor={anchor} onClose={onClose}>
      <div className="space-y-5">
        <MicrophonePicker />
        <SpeakerPicker />
        <VolumeSlider />
        <WhenISpeak onWatch={onWatch} />
        <RecordChoice />
        <LogButton />
      </div>
    </Popover>
  );
}
