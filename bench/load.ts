import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Speech } from '../e2e/fixtures/speech.ts';
import { keptDetails } from './barge-in/kept.ts';
import { emulatedService } from './load/emulated-service.ts';
import { drainUnderLoad, killUnderLoad } from './load/faults.ts';
import { LoadStack } from './load/load-stack.ts';
import { Person } from './load/person.ts';
import { memoryForEach, perCore, quantile } from './load/sums.ts';
import { talk } from './load/talking.ts';
import { loadNow, report } from './report.ts';

const name = 'load';
const { values } = parseArgs({
  options: {
    /** How many people talk at once, step by step. */
    callers: { type: 'string', default: '1,2,4,8' },
    minutes: { type: 'string', default: '1' },
    workers: { type: 'string', default: '1' },
    /** `openai`: what answers is the emulated service, on the same machine. */
    provider: { type: 'string', default: 'embedded' },
    /** `drain` or `kill`: two workers, and one of them goes while all talk. */
    fault: { type: 'string' },
  },
});
const steps = values.callers.split(',').map(positive);
const minutes = positive(values.minutes);
const workers = positive(values.workers);
const questions = [
  'What is seventeen times twenty-three?',
  'What time is it in Tokyo?',
  'How many ounces are in a pound?',
  'Flip a coin.',
  'What day is it tomorrow?',
];

const speech = new Speech();
const clips: Buffer[] = [];
for (const question of questions) clips.push(await speech.clip(question));
const memorable = {
  told: await speech.clip('Remember that my favourite colour is green.'),
  asked: await speech.clip('What is my favourite colour?'),
  answer: /green/i,
};
await speech.stop();

const rows = { ...(keptDetails(name)['rows'] as Record<string, object> | undefined) };
const faults = { ...(keptDetails(name)['faults'] as Record<string, object> | undefined) };
const service = values.provider === 'embedded' ? undefined : await emulatedService(values.provider);
const stack = await LoadStack.start(values.fault === undefined ? workers : 2, service?.env);
try {
  const [callers = 1] = steps;
  if (values.fault === undefined) await sweep();
  else if (values.fault === 'drain') {
    faults[`drained, ${callers} talk`] = await drainUnderLoad(stack, { callers, clips });
  } else if (values.fault === 'kill') {
    faults[`killed, ${callers} talk`] = await killUnderLoad(stack, { callers, clips, memorable });
  } else throw new Error('--fault is drain or kill.');
} finally {
  await stack.stop();
  await service?.stop();
}
console.table(faults);
await report(name, rows, { rows, faults });
// The threads of the media library would keep it.
process.exit();

async function sweep(): Promise<void> {
  const people: Person[] = [];
  const memory = [{ count: 0, megabytes: memoryMb() }];
  try {
    for (const callers of steps) {
      while (people.length < callers) {
        people.push(await Person.join(stack.stack.pageUrl, `load-${people.length}`));
      }
      const began = { atMs: performance.now(), processor: processorSeconds() };
      const talking = talk(people, clips, AbortSignal.timeout(minutes * 60_000));
      // While all talk: what a conversation needs for a moment counts as well.
      await delay(minutes * 45_000);
      memory.push({ count: callers, megabytes: memoryMb() });
      const { answeredMs, unanswered } = await talking;
      const seconds = (performance.now() - began.atMs) / 1000;
      const cores = (processorSeconds() - began.processor) / seconds;
      rows[`${values.provider}, ${workers} worker${workers === 1 ? '' : 's'}, ${callers} talk`] = {
        answered: answeredMs.length,
        unanswered,
        'p50, ms': quantile(answeredMs, 0.5),
        'p95, ms': quantile(answeredMs, 0.95),
        'busy cores of the workers': Math.round(cores * 100) / 100,
        'conversations per core': perCore(callers, cores),
        'memory, MB': Math.round(memory.at(-1)?.megabytes ?? 0),
        'each conversation adds, MB': memoryForEach(memory),
        'load average': loadNow(),
      };
    }
  } finally {
    for (const person of people) await person.leave();
  }
}

function memoryMb(): number {
  return stack.workers.reduce((sum, worker) => sum + worker.memoryMb(), 0);
}

function processorSeconds(): number {
  return stack.workers.reduce((sum, worker) => sum + worker.processorSeconds(), 0);
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${text} is no number above 0.`);
  return value;
}
