import { useEffect, useState } from 'react';
import { useConversation } from '../app/conversation-context.tsx';
import type { WatchedFrame } from '../vad/messages.ts';
import { bargeInWords } from '../words/barge-in.ts';
import type { Trace } from './trace.ts';

/** Figures that change faster than this, in ms, cannot be read. */
const renewedMs = 500;

interface Moment {
  readonly latest: WatchedFrame | undefined;
  readonly worstAgeMs: number | undefined;
}

/** The plot in numbers: for a closer look, and for whoever does not see it. */
export function Figures({ trace }: { trace: Trace }) {
  const { ducked, restored, confirmed, loweredMs, finalMs } = useConversation(
    (state) => state.bargeIn,
  );
  const [{ latest, worstAgeMs }, setMoment] = useState<Moment>(() => momentOf(trace));
  useEffect(() => {
    const timer = setInterval(() => setMoment(momentOf(trace)), renewedMs);
    return () => clearInterval(timer);
  }, [trace]);
  const figures = [
    [
      bargeInWords.panel.figures.last,
      loweredMs === undefined
        ? bargeInWords.panel.figures.noneYet
        : bargeInWords.panel.figures.lowered(loweredMs, finalMs),
    ],
    [
      bargeInWords.panel.figures.counts,
      bargeInWords.panel.figures.counted(ducked, restored, confirmed),
    ],
    [
      bargeInWords.panel.figures.age,
      latest && worstAgeMs !== undefined
        ? bargeInWords.panel.figures.ages(latest.ageMs, worstAgeMs)
        : bargeInWords.panel.figures.noFrames,
    ],
    [
      bargeInWords.panel.figures.echo,
      latest?.echo
        ? bargeInWords.panel.figures.echoes(latest.echo)
        : bargeInWords.panel.figures.noEcho,
    ],
  ] as const;
  return (
    <dl className="mt-3 grid grid-cols-2 gap-x-4 gap-y-2 text-sm sm:grid-cols-4">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt className="text-xs text-muted">{name}</dt>
          <dd className="tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function momentOf({ latest, worstAgeMs }: Trace): Moment {
  return { latest, worstAgeMs };
}
