import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { untilReady } from '../browser.ts';
import { loadNow } from '../report.ts';
import { ask, saved, type, untilListening, type SpokenSum } from './page.ts';
import { MemoryGauge, type Reading } from './memory.ts';
import { disorderIn, type Disorder } from './sums.ts';

/** How one conversation goes: whichever of turns and minutes is over first ends it. */
interface Plan {
  readonly turns: number;
  readonly minutes: number;
  /** Every so many typed sums, one is asked aloud. */
  readonly spokenEvery: number;
  /** Between turns, in seconds. */
  readonly restS: number;
}

/** One conversation from its first turn to its last. */
export interface Session extends Plan {
  readonly measuredAt: string;
  readonly load: number;
  readonly readings: readonly Reading[];
  /** From a message to the first words of its answer in the page. */
  readonly typedMs: readonly number[];
  /** From the end of a spoken question to the first sound, as the page shows it. */
  readonly spokenMs: readonly number[];
  readonly notAnswered: number;
  readonly disorder: Disorder;
}

/** Memory is read so often, in typed turns. */
const readEvery = 25;

/** Holds the conversation, and resolves with what became of it. */
export async function hold(
  page: Page,
  plan: Plan,
  spoken: readonly SpokenSum[],
  launcherPid: number,
): Promise<Session> {
  const gauge = await MemoryGauge.of(page, launcherPid);
  await page.goto('/');
  await page.getByRole('button', { name: 'Start talking' }).click();
  await untilReady(page);
  const beganMs = performance.now();
  const minutesGone = (): number => (performance.now() - beganMs) / 60_000;
  const readings: Reading[] = [];
  const read = async (turn: number): Promise<void> => {
    const reading = await gauge.read(turn, minutesGone());
    readings.push(reading);
    console.log(JSON.stringify(reading));
  };
  const typedMs: number[] = [];
  const spokenMs: number[] = [];
  let asked = 0;
  let turn = 0;
  for (; turn < plan.turns && minutesGone() < plan.minutes; turn += 1) {
    if (turn % readEvery === 0) await read(turn);
    const typedTookMs = await type(page, turn);
    if (typedTookMs !== undefined) typedMs.push(Math.round(typedTookMs));
    const sum = spoken[asked % spoken.length];
    if (sum && turn % plan.spokenEvery === plan.spokenEvery - 1) {
      await untilListening(page);
      asked += 1;
      const tookMs = await ask(page, sum);
      if (tookMs !== undefined) spokenMs.push(tookMs);
    }
    if (plan.restS > 0) {
      await untilListening(page);
      await delay(plan.restS * 1000);
    }
  }
  await untilListening(page);
  await read(turn);
  const measuredAt = new Date().toISOString();
  const notAnswered = asked + turn - spokenMs.length - typedMs.length;
  const disorder = disorderIn(await saved(page), turn);
  const outcome = { readings, typedMs, spokenMs, notAnswered, disorder };
  return { ...plan, turns: turn, measuredAt, load: loadNow(), ...outcome };
}
