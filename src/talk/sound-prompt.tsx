import { VolumeX } from 'lucide-react';
import { useControls, useConversation } from '../app/conversation-context.tsx';
import { Button } from '../design/button.tsx';
import { words } from '../words/page.ts';

/** Shown while the browser plays nothing before a gesture, unless a banner already says so. */
export function SoundPrompt({ className = '' }: { className?: string }) {
  const controls = useControls();
  const locked = useConversation(
    ({ sound, call, problems }) =>
      sound === 'locked' &&
      call.kind === 'connected' &&
      !problems.some(({ code }) => code === 'sound_blocked'),
  );
  if (!locked) return null;
  return (
    <div role="alert" className={`flex flex-col items-center gap-2 text-center ${className}`}>
      <p className="text-sm text-muted">{words.sound.locked}</p>
      <Button tone="primary" icon={VolumeX} onClick={() => void controls.unlockSound()}>
        {words.sound.unlock}
      </Button>
    </div>
  );
}
