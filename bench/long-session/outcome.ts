import { spreadOf } from '../report.ts';
import type { Reading } from './memory.ts';
import type { Session } from './session.ts';

/** The share of a conversation, at its beginning, in which caches fill and code is compiled. */
const warmUpShare = 0.1;

/** What is told of a conversation in a table: memory after the warm-up and at the end, and what grew slower. */
export function rowOf(session: Session): Record<string, string | number | undefined> {
  const { turns, readings, typedMs, spokenMs, notAnswered, disorder } = session;
  const warm = readings.find((one) => one.turns > 0 && one.turns >= turns * warmUpShare);
  const last = readings.at(-1);
  const grown = (pick: (one: Reading) => number): string =>
    warm && last ? `${pick(warm)} → ${pick(last)}` : '';
  const { miscounted, misplaced, repeated, unanswered } = disorder;
  return {
    turns,
    minutes: last?.minutes,
    'page heap, MB': grown(({ pageHeapMb }) => pageHeapMb),
    'page process, MB': grown(({ pageProcessMb }) => pageProcessMb),
    'nodes of the page': grown(({ nodes }) => nodes),
    'engine, MB': grown(({ engineMb }) => engineMb),
    'jobs, MB': grown(({ jobsMb }) => jobsMb),
    'worker, MB': grown(({ workerMb }) => workerMb),
    'typed to words, ms': slowed(typedMs),
    'spoken to sound, ms': slowed(spokenMs),
    'without an answer': notAnswered,
    'lost, twice or out of order': [...miscounted, ...misplaced, ...repeated].length,
    // Without rests the next message cuts most answers before their last word.
    'without the whole answer': unanswered.length,
  };
}

/** The medians of the tenth after the warm-up, and of the last. */
function slowed(values: readonly number[]): string {
  const tenth = Math.max(1, Math.floor(values.length / 10));
  if (values.length < 2) return '';
  const some = [values.slice(tenth, 2 * tenth), values.slice(-tenth)];
  return some.map((tenthOfThem) => spreadOf(tenthOfThem).median).join(' → ');
}
