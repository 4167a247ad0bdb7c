import { setTimeout as delay } from 'node:timers/promises';
import { loadNow } from '../report.ts';
import type { LoadPoint } from './curve.ts';
import { lossesOf, Person } from './person.ts';
import { memoryForEach, perCore, quantile } from './sums.ts';
import { talk } from './talking.ts';
import type { LoadedWorker } from './workers.ts';

/** What more and more people are put to. */
interface Sweep {
  readonly pageUrl: string;
  /** Whose processes are counted; none where Parley runs out of reach. */
  readonly workers: readonly LoadedWorker[];
  /** Who answers, as the rows name it. */
  readonly series: string;
  readonly steps: readonly number[];
  /** How long each step talks, in minutes. */
  readonly minutes: number;
  readonly clips: readonly Buffer[];
}

/** One step: a row of the table, and a point of the curve unless nobody was answered. */
interface Step {
  readonly name: string;
  readonly row: object;
  readonly point: LoadPoint | undefined;
}

/** Has so many people talk at once as each step says; who has come stays for the next. */
export async function* sweep(order: Sweep): AsyncGenerator<Step> {
  const { pageUrl, workers, series, steps, minutes, clips } = order;
  const people: Person[] = [];
  const memory = [{ count: 0, megabytes: memoryMb(workers) }];
  try {
    for (const callers of steps) {
      while (people.length < callers) {
        people.push(await Person.join(pageUrl, `load-${people.length}`));
      }
      const began = {
        atMs: performance.now(),
        processor: processorSeconds(workers),
        losses: lossesOf(people).length,
      };
      const talking = talk(people, clips, AbortSignal.timeout(minutes * 60_000));
      // While all talk: what a conversation needs for a moment counts as well.
      await delay(minutes * 45_000);
      memory.push({ count: callers, megabytes: memoryMb(workers) });
      const { answeredMs, unanswered } = await talking;
      const took = (performance.now() - began.atMs) / 1000;
      const cores = (processorSeconds(workers) - began.processor) / took;
      const [p50Ms, p95Ms] = [quantile(answeredMs, 0.5), quantile(answeredMs, 0.95)];
      yield {
        name: `${series}, ${callers} talk`,
        row: {
          answered: answeredMs.length,
          unanswered,
          'assistants lost': lossesOf(people).length - began.losses,
          'p50, ms': p50Ms,
          'p95, ms': p95Ms,
          ...(workers.length > 0 && {
            'busy cores of the workers': Math.round(cores * 100) / 100,
            'conversations per core': perCore(callers, cores),
            'memory, MB': Math.round(memory.at(-1)?.megabytes ?? 0),
            'each conversation adds, MB': memoryForEach(memory),
          }),
          'load average': loadNow(),
        },
        point:
          p50Ms === undefined || p95Ms === undefined
            ? undefined
            : { series, people: callers, p50Ms, p95Ms },
      };
    }
  } finally {
    for (const person of people) await person.leave();
  }
}

function memoryMb(workers: readonly LoadedWorker[]): number {
  return workers.reduce((sum, worker) => sum + worker.memoryMb(), 0);
}

function processorSeconds(workers: readonly LoadedWorker[]): number {
  return workers.reduce((sum, worker) => sum + worker.processorSeconds(), 0);
}
