import { Hand, Mic, MicOff, PhoneOff, SlidersHorizontal } from 'lucide-react';
import { useRef } from 'react';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { Late } from '../app/late.tsx';
import { SoundPanel } from '../app/late-parts.ts';
import { ModeButton } from '../push-to-talk/mode-button.tsx';
import { tourStop } from '../tour/stops.ts';
import { words } from '../words/page.ts';
import { ControlButton } from './control-button.tsx';
import { LevelBars } from './level-bars.tsx';

interface ControlsBarProps {
  soundOpen: boolean;
  onSoundOpen: (open: boolean) => void;
  /** Shows the speech detector at work. */
  onWatch: () => void;
  className?: string;
}

export function ControlsBar({ soundOpen, onSoundOpen, onWatch, className = '' }: ControlsBarProps) {
  const controls = useControls();
  const speaking = useConversation(({ assistant }) => assistant.kind === 'speaking');
  const soundButton = useRef<HTMLButtonElement>(null);
  return (
    <div
      role="group"
      aria-label={words.controls.label}
      className={`mx-auto grid w-full max-w-md grid-cols-5 gap-1 ${className}`}
    >
      <MicrophoneButton />
      {/* Never disabled: a press that comes just too late must not land on a dead button or lose the focus. */}
      <ControlButton
        {...tourStop('interrupt')}
        name={words.controls.interrupt}
        caption={words.controls.interrupt}
        icon={Hand}
        strong={speaking}
        onClick={() => controls.interrupt('button')}
      />
      <ModeButton />
      <ControlButton
        {...tourStop('sound')}
        ref={soundButton}
        name={words.sound.title}
        caption={words.sound.short}
        icon={SlidersHorizontal}
        aria-haspopup="dialog"
        aria-expanded={soundOpen}
        onClick={() => onSoundOpen(!soundOpen)}
      />
      <ControlButton
        name={words.controls.leave}
        caption={words.controls.leave}
        icon={PhoneOff}
        onClick={() => void controls.leave()}
      />
      {soundOpen && (
        <Late>
          <SoundPanel
            anchor={soundButton}
            onClose={() => onSoundOpen(false)}
            onWatch={() => {
              onSoundOpen(false);
              onWatch();
            }}
          />
        </Late>
      )}
    </div>
  );
}

function MicrophoneButton() {
  const controls = useControls();
  const microphone = useConversation((state) => state.microphone);
  if (microphone.kind === 'failed') {
    return (
      <ControlButton
        name={words.controls.unmute}
        caption={words.controls.unmuteShort}
        icon={MicOff}
        onClick={() => void controls.retry(microphone.problem)}
      />
    );
  }
  const live = microphone.kind === 'live';
  const muted = live && microphone.muted;
  return (
    <ControlButton
      {...tourStop('microphone')}
      name={muted ? words.controls.unmute : words.controls.mute}
      caption={muted ? words.controls.unmuteShort : words.controls.muteShort}
      icon={muted ? MicOff : Mic}
      beside={live && !muted ? <LevelBars /> : undefined}
      strong={muted}
      disabled={!live}
      onClick={() => void controls.setMuted(!muted)}
    />
  );
}
