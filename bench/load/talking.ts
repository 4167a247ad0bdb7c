import { setTimeout as delay } from 'node:timers/promises';
import { seeded } from '../sounds/seeded.ts';
import type { Person } from './person.ts';

/** Between an answer and the next question a person thinks for so long, in ms. */
const pauseMs = { least: 1000, most: 4000 };

/** What came of the questions of some people. */
export interface Talked {
  /** From the end of each question to the first sound of its answer, in ms. */
  readonly answeredMs: number[];
  unanswered: number;
}

/** Has everybody ask and be answered, each at a pace of their own, until `signal` is aborted and the last answer is over. */
export function talk(
  people: readonly Person[],
  questions: readonly Buffer[],
  signal: AbortSignal,
): Promise<Talked> {
  const talked: Talked = { answeredMs: [], unanswered: 0 };
  const one = async (person: Person, index: number): Promise<void> => {
    const random = seeded(index + 1);
    // Nobody begins at the same moment as somebody else.
    await delay(random() * pauseMs.most);
    while (!signal.aborted) {
      const question = questions[Math.floor(random() * questions.length)];
      if (!question) throw new RangeError('There is nothing to ask.');
      const tookMs = await person.ask(question);
      if (tookMs === undefined) talked.unanswered += 1;
      else talked.answeredMs.push(tookMs);
      await delay(pauseMs.least + random() * (pauseMs.most - pauseMs.least), undefined, {
        signal,
      }).catch(() => undefined);
    }
  };
  const talking = Promise.all(people.map(one)).then(() => talked);
  // It may fail long before somebody waits for it; what was started is to be ended then, too.
  talking.catch(() => undefined);
  return talking;
}
