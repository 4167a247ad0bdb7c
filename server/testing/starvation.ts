import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** Of a stretch of work, in ms. */
const stretchMs = 200;
const betweenMs = 500;
/** Of what was worked, its host may keep this share for others until a virtual machine counts as starved. */
const bearable = 0.35;

interface Processors {
  /** Of all of them together, since the machine began, in ticks of the system. */
  readonly worked: number;
  readonly stolen: number;
}

/**
 * Waits, at most `limitMs`, until the host of this virtual machine lets it have its processors for some `stretches` of work
 * one after the other: speech in real time comes with holes while it gives them to others, and what fails then says
 * nothing. Does not wait where the system does not tell (all but Linux).
 */
export async function untilNotStarved(limitMs: number, stretches: number): Promise<void> {
  const giveUpAtMs = performance.now() + limitMs;
  for (let calm = 0; ;) {
    calm = (await stolenShare()) > bearable ? 0 : calm + 1;
    if (calm === stretches || performance.now() > giveUpAtMs) return;
    await delay(betweenMs);
  }
}

async function stolenShare(): Promise<number> {
  const before = await processors();
  if (!before) return 0;
  // The system counts what is taken from those alone that want it.
  const beganMs = performance.now();
  while (performance.now() - beganMs < stretchMs);
  const after = (await processors()) ?? before;
  const stolen = after.stolen - before.stolen;
  const wanted = after.worked - before.worked + stolen;
  return wanted === 0 ? 0 : stolen / wanted;
}

/** From /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal (proc_stat(5)). */
async function processors(): Promise<Processors | undefined> {
  const text = await readFile('/proc/stat', 'utf8').catch(() => '');
  const ticks = /^cpu +(.*)$/m.exec(text)?.[1]?.split(' ').map(Number);
  if (!ticks) return undefined;
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, stolen = 0] = ticks;
  return { worked: user + nice + system + irq + softirq, stolen };
}
