import { Ear } from 'lucide-react';
import { Button } from '../design/button.tsx';
import { soundCheckWords as said } from '../words/sound-check.ts';

/** Loaded late with the words it needs, so that the start page does not wait for them. */
export default function SoundCheckButton({ onOpen }: { onOpen: () => void }) {
  return (
    <Button tone="quiet" icon={Ear} aria-haspopup="dialog" onClick={onOpen}>
      {said.begin}
    </Button>
  );
}
