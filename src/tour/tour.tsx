import { Popover as Base } from '@base-ui/react/popover';
import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { Button } from '../design/button.tsx';
import { Key } from '../design/key.tsx';
import { PopoverCard } from '../design/popover.tsx';
import { singleKeysOn } from '../talk/single-keys.ts';
import { tourWords } from '../words/tour.ts';
import { placeOf, stops, type Stop } from './stops.ts';
import './tour.css';

const singleKeys: Readonly<Partial<Record<Stop, string>>> = { microphone: 'M', message: '/' };

/** The key that does by itself what is shown, if it does so for this person. */
function keyOf(stop: Stop): string | undefined {
  if (stop === 'interrupt') return 'Esc';
  return singleKeysOn() ? singleKeys[stop] : undefined;
}

interface TourProps {
  /** Gets the focus where what opened the tour has gone meanwhile. */
  home: RefObject<HTMLElement | null>;
  onClose: () => void;
}

/** Leads from part to part of a talk, which goes on meanwhile. The arrow keys go on and back, Escape ends it. */
export default function Tour({ home, onClose }: TourProps) {
  const [opener] = useState(() => document.activeElement);
  const [inSight] = useState(() => stops.filter((stop) => placeOf(stop) !== undefined));
  const [{ index, place }, setAt] = useState(() => standAt(inSight, 0));
  const onward = useRef<HTMLButtonElement>(null);
  const stop = inSight[index] ?? stops[0];
  const last = index === inSight.length - 1;
  const key = keyOf(stop);

  useEffect(() => {
    place?.setAttribute('data-toured', '');
    return () => place?.removeAttribute('data-toured');
  }, [place]);

  const goOn = (): void => {
    if (last) onClose();
    else setAt(standAt(inSight, index + 1));
  };
  const goBack = (): void => setAt(standAt(inSight, Math.max(0, index - 1)));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowRight') goOn();
    if (event.key === 'ArrowLeft') goBack();
  };

  const { title, text } = tourWords.stops[stop];
  return (
    <PopoverCard
      title={title}
      anchor={place ?? null}
      initialFocus={onward}
      finalFocus={() =>
        opener instanceof HTMLElement && opener.isConnected ? opener : home.current
      }
      onKeyDown={onKeyDown}
      onClose={onClose}
      onDismiss={({ reason }) => {
        // What it shows may be tried beside it.
        if (reason === 'escape-key') onClose();
      }}
    >
      {/* The focus stays on the button, so the next text has to be said by itself. */}
      <Base.Description aria-live="polite" className="text-sm text-muted">
        {text}
      </Base.Description>
      <div className="mt-4 flex items-center gap-1 whitespace-nowrap">
        <span className="mr-auto flex items-center gap-2 text-xs text-muted tabular-nums">
          {tourWords.place(index + 1, inSight.length)}
          {key !== undefined && <Key>{key}</Key>}
        </span>
        {index > 0 && (
          <Button tone="quiet" onClick={goBack}>
            {tourWords.back}
          </Button>
        )}
        <Button ref={onward} tone="primary" onClick={goOn}>
          {last ? tourWords.done : tourWords.next}
        </Button>
      </div>
    </PopoverCard>
  );
}

function standAt(inSight: readonly Stop[], index: number) {
  const stop = inSight[index];
  return { index, place: stop && placeOf(stop) };
}
