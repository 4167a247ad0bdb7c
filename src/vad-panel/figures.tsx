import { useEffect, useState } from 'react';
import { useConversation } from '../app/conversation-context.tsx';
import type { WatchedFrame } from '../vad/messages.ts';
import { bargeInWords } from '../words/barge-in.ts';
import type { Trace } from './trace.ts';

const said = bargeInWords.panel.figures;
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
    [said.last, loweredMs === undefined ? said.noneYet : said.lowered(loweredMs, finalMs)],
    [said.counts, said.counted(ducked, restored, confirmed)],
    [
      said.age,
      latest && worstAgeMs !== undefined ? said.ages(latest.ageMs, worstAgeMs) : said.noFrames,
    ],
    [said.echo, latest?.echo ? said.echoes(latest.echo) : said.noEcho],
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
