import { CircleAlert, Square, X } from 'lucide-react';
import { useStore } from 'zustand';
import { useControls } from '../app/conversation-context.tsx';
import { Button } from '../design/button.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { readableBytes } from '../history/sizes.ts';
import { clockTime } from '../talk/clock-time.ts';
import { recordingWords as said } from '../words/recording.ts';
import { recordedMs } from './sound-record.ts';
import { recordingOf, type Obstacle } from './talk-recording.ts';

/** Says that the talk is being recorded for as long as it is, and when it no longer can be. Nothing otherwise. */
export default function RecordingStrip({ className = '' }: { className?: string }) {
  const recording = recordingOf(useControls());
  const now = useStore(recording.store, (state) => state.now);
  const frame = `flex min-h-target items-center gap-2 border-b border-line bg-sunken py-0.5 pr-1 pl-3 text-sm sm:pl-6 ${className}`;
  if (now.kind === 'off') return null;
  if (now.kind === 'stopped') {
    return (
      <div role="alert" className={frame}>
        <CircleAlert aria-hidden="true" className="size-4 shrink-0 text-interrupted" />
        <p className="min-w-0 flex-1 py-1.5">{reasonOf(now.why)}</p>
        <IconButton label={said.dismiss} icon={X} onClick={() => recording.chooseHere(false)} />
      </div>
    );
  }
  return (
    <div className={frame}>
      <span
        aria-hidden="true"
        className="size-2.5 shrink-0 animate-pulse rounded-full bg-interrupted motion-reduce:animate-none"
      />
      <p role="status" className="font-medium">
        {said.on}
      </p>
      <span className="min-w-0 flex-1 truncate text-xs text-muted tabular-nums">
        {now.kept && `${clockTime(recordedMs(now.kept))} · ${readableBytes(now.kept.bytes)}`}
        <span className="max-sm:hidden"> {said.here}</span>
      </span>
      <Button tone="quiet" icon={Square} onClick={() => recording.chooseHere(false)}>
        {said.stop}
      </Button>
    </div>
  );
}

function reasonOf(why: Obstacle): string {
  return typeof why === 'string' ? said.stopped[why] : said.failed(why.reason);
}
