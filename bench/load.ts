import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Speech } from '../e2e/fixtures/speech.ts';
import { keptDetails } from './barge-in/kept.ts';
import { drawCurve, loadPoint } from './load/curve.ts';
import { emulatedService } from './load/emulated-service.ts';
import { drainUnderLoad, killUnderLoad } from './load/faults.ts';
import { LoadStack } from './load/load-stack.ts';
import { sweep } from './load/sweep.ts';
import { questions } from './questions.ts';
import { report } from './report.ts';

const name = 'load';
const { values } = parseArgs({
  options: {
    /** How many people talk at once, step by step. */
    callers: { type: 'string', default: '1,2,4,8' },
    minutes: { type: 'string', default: '1' },
    workers: { type: 'string', default: '1' },
    /** `openai`: what answers is the emulated service, on the same machine. */
    provider: { type: 'string', default: 'embedded' },
    /** `drain`: one of two workers is told to go; `kill` and `lose`: one is killed, alone or with all that belongs to it. */
    fault: { type: 'string' },
    /** The address of a Parley that runs already: nothing is started, and its processes are not counted. */
    page: { type: 'string' },
  },
});
const steps = values.callers.split(',').map(positive);
const minutes = positive(values.minutes);
const workers = positive(values.workers);

const speech = new Speech();
const clips: Buffer[] = [];
for (const question of questions) clips.push(await speech.clip(question));
const memorable = {
  told: await speech.clip('Remember that my favourite colour is green.'),
  asked: await speech.clip('What is my favourite colour?'),
  answer: /green/i,
};
await speech.stop();

const kept = z
  .object({
    rows: z.record(z.string(), z.looseObject({})),
    faults: z.record(z.string(), z.looseObject({})),
    points: z.record(z.string(), loadPoint),
  })
  .partial()
  .parse(keptDetails(name));
const rows: Record<string, object> = { ...kept.rows };
const faults: Record<string, object> = { ...kept.faults };
const points = { ...kept.points };

if (values.page !== undefined) await talkTo(values.page);
else if (values.fault !== undefined) await fail(values.fault);
else await measure();
await report(name, { ...rows, ...faults }, { rows, faults, points });
if (Object.keys(points).length > 0) await drawCurve(Object.values(points));
// The threads of the media library would keep it.
process.exit();

async function talkTo(page: string): Promise<void> {
  const pageUrl = page.replace(/\/+$/, '');
  const series = `at ${new URL(pageUrl).host}`;
  for await (const step of sweep({ pageUrl, workers: [], series, steps, minutes, clips })) {
    rows[step.name] = step.row;
  }
}

async function fail(fault: string): Promise<void> {
  const [callers = 1] = steps;
  const stack = await LoadStack.start(fault === 'drain' ? 2 : 1);
  try {
    if (fault === 'drain') {
      faults[`drained, ${callers} talk`] = await drainUnderLoad(stack, { callers, clips });
    } else if (fault === 'kill' || fault === 'lose') {
      const killed = fault === 'kill' ? 'worker' : 'machine';
      const order = { callers, clips, memorable, killed } as const;
      faults[`${killed} killed, ${callers} talk`] = await killUnderLoad(stack, order);
    } else throw new Error('--fault is drain, kill or lose.');
  } finally {
    await stack.stop();
  }
}

async function measure(): Promise<void> {
  const { provider } = values;
  const service = provider === 'embedded' ? undefined : await emulatedService(provider);
  const stack = await LoadStack.start(workers, service?.env);
  try {
    const series = `${provider}, ${workers} worker${workers === 1 ? '' : 's'}`;
    const { pageUrl } = stack.stack;
    const order = { pageUrl, workers: stack.workers, series, steps, minutes, clips };
    for await (const step of sweep(order)) {
      rows[step.name] = step.row;
      if (step.point) points[step.name] = step.point;
    }
  } finally {
    await stack.stop();
    await service?.stop();
  }
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${text} is no number above 0.`);
  return value;
}
