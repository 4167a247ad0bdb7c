import type { CDPSession, Page } from '@playwright/test';
import { processTree, proportionalMb, workerMemory, type WorkerMemory } from '../processes.ts';

/** What everything took up after so many turns. */
export interface Reading extends WorkerMemory {
  readonly turns: number;
  readonly minutes: number;
  readonly pageHeapMb: number;
  readonly pageProcessMb: number;
  readonly nodes: number;
  readonly listeners: number;
}

/** Reads what a page and the worker that it talks to hold. Chromium only. */
export class MemoryGauge {
  readonly #devtools: CDPSession;
  readonly #launcherPid: number;

  private constructor(devtools: CDPSession, launcherPid: number) {
    this.#devtools = devtools;
    this.#launcherPid = launcherPid;
  }

  static async of(page: Page, launcherPid: number): Promise<MemoryGauge> {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable');
    return new MemoryGauge(devtools, launcherPid);
  }

  /** After a collection in the page. */
  async read(turns: number, minutes: number): Promise<Reading> {
    for (let pass = 0; pass < 3; pass += 1)
      await this.#devtools.send('HeapProfiler.collectGarbage');
    const { metrics } = await this.#devtools.send('Performance.getMetrics');
    const value = (metric: string): number => metrics.find((it) => it.name === metric)?.value ?? 0;
    const renderers = processTree(process.pid).filter(({ command }) =>
      command.includes('--type=renderer'),
    );
    return {
      turns,
      minutes: tenths(minutes),
      ...workerMemory(this.#launcherPid),
      pageHeapMb: tenths(value('JSHeapUsedSize') / 1e6),
      pageProcessMb: tenths(Math.max(...renderers.map(({ pid }) => proportionalMb(pid)))),
      nodes: value('Nodes'),
      listeners: value('JSEventListeners'),
    };
  }
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
