import { setTimeout as delay } from 'node:timers/promises';
import type { LoadStack } from './load-stack.ts';
import { lossesOf, Person } from './person.ts';
import { quantile } from './sums.ts';
import { talk, type Talked } from './talking.ts';
import type { LoadedWorker } from './workers.ts';

const talkBeforeMs = 15_000;
const talkAfterMs = 40_000;
const newcomers = 2;
/** The count of conversations is told with the load, every 2.5 s. */
const toldWithinMs = 4000;
const goneLimitMs = 90_000;

interface Order {
  readonly callers: number;
  readonly clips: readonly Buffer[];
}

/** A worker is told to go while all talk: nobody may lose an assistant, and whoever comes gets one of the other worker. */
export async function drainUnderLoad(stack: LoadStack, { callers, clips }: Order): Promise<object> {
  const people = await joined(stack, 'drain', callers);
  const { going, staying } = await chosen(stack);
  const heldThere = await conversationsOf(going);
  const over = new AbortController();
  const talking = talk(people, clips, over.signal);
  await delay(talkBeforeMs);
  const toldAtMs = performance.now();
  going.kill('SIGTERM');
  await delay(toldWithinMs);
  const before = await conversationsOf(staying);
  const late = await joined(stack, 'late', newcomers);
  const lateTalking = talk(late, clips, over.signal);
  await delay(talkAfterMs);
  const takenByOther = (await conversationsOf(staying)) - before;
  over.abort();
  const [talked, lateTalked] = [await talking, await lateTalking];
  await leave([...people, ...late]);
  const leftAtMs = performance.now();
  const how = await Promise.race([going.ended, delay(goneLimitMs, 'still there', { ref: false })]);
  return {
    'conversations of the worker that went': heldThere,
    'assistants lost': lossesOf(people).length,
    ...columns(talked),
    newcomers,
    'taken by the other worker': takenByOther,
    'newcomers, unanswered': lateTalked.unanswered,
    'drained for, s': seconds(leftAtMs - toldAtMs),
    'gone after the last had left, s': seconds(performance.now() - leftAtMs),
    'ended with': how,
  };
}

/** What is killed: the worker's own process, or with it its engine and its jobs, as when a machine is lost. */
type Killed = 'worker' | 'machine';

/**
 * The worker of all who talk is killed, and another one is there: whom it served gets another assistant, which knows what was
 * said. Takes a stack of one worker.
 */
export async function killUnderLoad(
  stack: LoadStack,
  { callers, clips, memorable, killed }: Order & { memorable: Memorable; killed: Killed },
): Promise<object> {
  const [going] = stack.workers;
  if (!going) throw new Error('It takes a worker.');
  const people = await joined(stack, 'kill', callers);
  await Promise.all(people.map((person) => person.ask(memorable.told)));
  const heldThere = await conversationsOf(going);
  await stack.addWorker();
  const over = new AbortController();
  const talking = talk(people, clips, over.signal);
  await delay(talkBeforeMs);
  const killedAtMs = performance.now();
  if (killed === 'worker') going.kill('SIGKILL');
  else going.killAll();
  await delay(talkAfterMs);
  over.abort();
  const talked = await talking;
  let remembered = 0;
  for (const person of people) {
    const before = person.past.answers.length;
    await person.ask(memorable.asked);
    if (person.past.answers.slice(before).some((text) => memorable.answer.test(text)))
      remembered += 1;
  }
  const losses = lossesOf(people);
  await leave(people);
  const answeredAgainMs = people.flatMap(
    ({ answeredAtMs }) => answeredAtMs.find((atMs) => atMs > killedAtMs) ?? [],
  );
  const each = (atMs: readonly number[]): string =>
    atMs.map((at) => seconds(at - killedAtMs).toFixed(1)).join(', ');
  return {
    'conversations of the worker that went': heldThere,
    'assistants lost': losses.length,
    'loss seen after, s': each(losses.map(({ lostAtMs }) => lostAtMs)),
    'another listens after, s': each(losses.map(({ lostAtMs, backMs }) => lostAtMs + backMs)),
    'next answer after, s': each(answeredAgainMs),
    ...columns(talked),
    'asked afterwards': people.length,
    'knew what was said': remembered,
  };
}

interface Memorable {
  readonly told: Buffer;
  readonly asked: Buffer;
  /** What the answer to `asked` has to hold. */
  readonly answer: RegExp;
}

function columns({ answeredMs, unanswered }: Talked): object {
  return {
    answered: answeredMs.length,
    unanswered,
    'p50, ms': quantile(answeredMs, 0.5),
    'p95, ms': quantile(answeredMs, 0.95),
  };
}

async function joined({ stack }: LoadStack, name: string, count: number): Promise<Person[]> {
  const people: Person[] = [];
  while (people.length < count) {
    people.push(await Person.join(stack.pageUrl, `load-${name}-${people.length}`));
  }
  return people;
}

async function leave(people: readonly Person[]): Promise<void> {
  for (const person of people) await person.leave();
}

/** The one that has more to lose goes. */
async function chosen({
  workers,
}: LoadStack): Promise<{ going: LoadedWorker; staying: LoadedWorker }> {
  await delay(toldWithinMs);
  const [first, second] = workers;
  if (!first || !second) throw new Error('It takes two workers.');
  const firstHasMore = (await conversationsOf(first)) >= (await conversationsOf(second));
  return firstHasMore ? { going: first, staying: second } : { going: second, staying: first };
}

async function conversationsOf(worker: LoadedWorker): Promise<number> {
  return (await worker.health()).conversations;
}

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}
