import { useEffect, useRef, useState } from 'react';
import { useControls } from '../app/conversation-context.tsx';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { soundCheckWords as said } from '../words/sound-check.ts';
import { LoudspeakerStep } from './loudspeaker-step.tsx';
import { RoomStep } from './room-step.tsx';
import { stepAfter, steps, type Step } from './steps.ts';
import { VoiceStep } from './voice-step.tsx';

const views = { voice: VoiceStep, loudspeaker: LoudspeakerStep, room: RoomStep } as const;

/** The first minute: whether one is heard, hears, and how readily the assistant should give way. Each step may be skipped. */
export default function SoundCheckDialog({ onClose }: { onClose: () => void }) {
  const controls = useControls();
  const { lentSound: sound } = controls;
  const [step, setStep] = useState<Step>(steps[0]);
  const heading = useRef<HTMLHeadingElement>(null);
  const begun = useRef(false);

  useEffect(() => sound.open(), [sound]);

  // Not at the beginning: there the dialog itself is what a screen reader tells of.
  useEffect(() => {
    if (begun.current) heading.current?.focus();
    begun.current = true;
  }, [step]);

  const next = stepAfter(step);
  const goOn = (): void => (next ? setStep(next) : onClose());
  const View = views[step];
  return (
    <Dialog
      title={said.title}
      description={said.about}
      onClose={onClose}
      footer={
        <div className="flex items-center justify-between gap-3">
          {next ? (
            <Button tone="quiet" onClick={goOn}>
              {said.skip}
            </Button>
          ) : (
            <span />
          )}
          <Button tone={next ? 'plain' : 'primary'} onClick={goOn}>
            {next ? said.next : said.finish}
          </Button>
        </div>
      }
    >
      <p className="text-sm text-muted">{said.step(steps.indexOf(step) + 1, steps.length)}</p>
      <h3
        ref={heading}
        tabIndex={-1}
        className="text-base font-semibold tracking-tight outline-none"
      >
        {said.titles[step]}
      </h3>
      <div className="mt-2 space-y-4">
        <View sound={sound} onDone={goOn} />
      </div>
    </Dialog>
  );
}
