import { useControls, useConversation } from '../app/conversation-context.tsx';
import { Slider } from '../design/slider.tsx';
import { words } from '../words/page.ts';

/** How loud the assistant is. */
export function VolumeSlider() {
  const controls = useControls();
  const volume = useConversation((state) => state.volume);
  return (
    <Slider
      label={words.sound.volume}
      value={volume}
      text={`${Math.round(volume * 100)}%`}
      onChange={(chosen) => controls.setVolume(chosen)}
    />
  );
}
