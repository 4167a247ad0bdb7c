import { ChevronsLeft, ChevronsRight, Download, Gauge, Pause, Play, Trash2 } from 'lucide-react';
import { useStore } from 'zustand';
import { IconButton } from '../design/icon-button.tsx';
import Menu from '../design/menu.tsx';
import { Button } from '../design/button.tsx';
import { Slider } from '../design/slider.tsx';
import { readableBytes } from '../history/sizes.ts';
import { save } from '../saving/save.ts';
import { clockTime } from '../talk/clock-time.ts';
import { grouped } from '../words/formats.ts';
import { recordingWords as said } from '../words/recording.ts';
import { rates, type Replay } from './replay.ts';

/** A press on one of the keys that skip goes so far, in ms. */
export const skipMs = 10_000;

interface ReplayBarProps {
  replay: Replay;
  bytes: number;
  /** Of the file that the sound is saved as. */
  fileName: string;
  /** Undefined while more is being recorded. */
  onRemove: (() => void) | undefined;
}

/** Plays what was recorded of a conversation, and lets it be saved or taken away. */
export function ReplayBar({ replay, bytes, fileName, onRemove }: ReplayBarProps) {
  const { sound, playing, atMs, lengthMs, rate } = useStore(replay.store);
  const saveIt = async (): Promise<void> => {
    const file = await replay.file();
    if (file) save(fileName, file);
  };
  return (
    <div
      role="group"
      aria-label={said.replay}
      className="border-b border-line px-4 pt-2 pb-1 sm:px-6"
    >
      <div className="flex items-end gap-1">
        <IconButton
          label={playing ? said.pause : said.play}
          icon={playing ? Pause : Play}
          aria-keyshortcuts="k"
          className="-ml-2"
          onClick={() => void replay.toggle()}
        />
        <div className="min-w-0 flex-1">
          <Slider
            label={said.sound}
            value={Math.min(atMs, lengthMs) / 1000}
            max={Math.max(1, lengthMs / 1000)}
            step={1}
            text={said.place(clockTime(atMs), clockTime(lengthMs))}
            onChange={(seconds) => void replay.seek(seconds * 1000)}
          />
        </div>
      </div>
      <div className="-mx-2 flex flex-wrap items-center">
        <IconButton
          label={said.back}
          icon={ChevronsLeft}
          aria-keyshortcuts="j"
          onClick={() => void replay.skip(-skipMs)}
        />
        <IconButton
          label={said.on10}
          icon={ChevronsRight}
          aria-keyshortcuts="l"
          onClick={() => void replay.skip(skipMs)}
        />
        <Menu
          trigger={
            <Button tone="quiet" icon={Gauge} aria-label={said.speed(grouped(rate))}>
              {said.times(grouped(rate))}
            </Button>
          }
          items={rates.map((one) => ({
            label: said.times(grouped(one)),
            checked: one === rate,
            choose: () => replay.setRate(one),
          }))}
        />
        <IconButton label={said.save} icon={Download} onClick={() => void saveIt()} />
        <IconButton
          label={said.remove}
          icon={Trash2}
          disabled={!onRemove}
          onClick={() => onRemove?.()}
        />
        <p
          role={sound === 'unreadable' ? 'alert' : 'status'}
          className="ml-auto px-2 text-xs text-muted tabular-nums"
        >
          {sound === 'unreadable' && said.unreadable}
          {sound === 'opening' && said.opening}
          {(sound === 'closed' || sound === 'open') && readableBytes(bytes)}
        </p>
      </div>
    </div>
  );
}
