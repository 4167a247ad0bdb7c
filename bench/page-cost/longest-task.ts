import { z } from 'zod';

const event = z.object({
  name: z.string(),
  pid: z.number(),
  tid: z.number(),
  dur: z.number().optional(),
  args: z.object({ name: z.string().optional() }).optional(),
});
const trace = z.object({ traceEvents: z.array(event) });

/** The longest task on the main thread of any page in a trace of Chromium's (its own format), in ms; 0 without one. */
export function longestTaskMs(recorded: Buffer): number {
  const { traceEvents } = trace.parse(JSON.parse(recorded.toString()));
  const key = ({ pid, tid }: z.infer<typeof event>): string => `${pid}:${tid}`;
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(key),
  );
  return traceEvents
    .filter((it) => it.name === 'RunTask' && mainThreads.has(key(it)))
    .reduce((longest, { dur = 0 }) => Math.max(longest, dur / 1000), 0);
}
