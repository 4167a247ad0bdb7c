import { useEffect, useState } from 'react';
import { words } from '../words/page.ts';
import { clockTime } from './clock-time.ts';

/** Time since `sinceMs`, in steps of a second. */
export function Elapsed({ sinceMs }: { sinceMs: number }) {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [sinceMs]);
  const time = clockTime(Math.max(0, nowMs - sinceMs));
  return (
    <span
      role="timer"
      aria-label={words.controls.elapsed}
      className="px-1 text-sm max-sm:hidden text-muted tabular-nums"
    >
      {time}
    </span>
  );
}
