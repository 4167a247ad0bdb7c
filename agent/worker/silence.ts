import type { MainThread } from './main-thread.ts';
import { stolenShare, type Processors } from './processors.ts';

/** A job that has not been heard of for so long, in ms, does not come back: nothing that it does keeps it that busy. */
const lostAfterMs = 4000;
/**
 * Unless it has something to do, and the machine gives it less than this share of a processor: then so long. Another one
 * in its place would have to be loaded first, by the same busy machine.
 */
const starvingBelow = 0.5;
/**
 * Or unless the host of a virtual machine keeps this share of its processors: whatever the job waits for then, a lock or
 * one of its own threads, may be waiting for a processor.
 */
const stolenAbove = 0.25;
const starvedAfterMs = 20_000;

interface Notice {
  readonly atMs: number;
  readonly thread: MainThread | undefined;
  readonly processors: Processors | undefined;
}

/** What the system tells when it is asked. */
export interface SilenceSources {
  readThread(): MainThread | undefined;
  readProcessors(): Processors | undefined;
}

/** How long one job has been silent, and whether it is lost. Times are in ms on one clock. */
export class Silence {
  readonly #system: SilenceSources;
  #sinceMs: number;
  #noticed: Notice | undefined;

  constructor(nowMs: number, system: SilenceSources) {
    this.#sinceMs = nowMs;
    this.#system = system;
  }

  /** The job was heard, or nobody could have heard it. */
  end(nowMs: number): void {
    this.#sinceMs = nowMs;
    this.#noticed = undefined;
  }

  /** To be asked a few times a second. */
  isDeadly(nowMs: number): boolean {
    const silentMs = nowMs - this.#sinceMs;
    if (silentMs < lostAfterMs / 2) return false;
    this.#noticed ??= {
      atMs: nowMs,
      thread: this.#system.readThread(),
      processors: this.#system.readProcessors(),
    };
    if (silentMs <= lostAfterMs) return false;
    return silentMs > starvedAfterMs || !this.#starves(nowMs, this.#noticed);
  }

  #starves(nowMs: number, { atMs, thread: before, processors }: Notice): boolean {
    if (stolenShare(processors, this.#system.readProcessors()) > stolenAbove) return true;
    const now = this.#system.readThread();
    if (!now?.isRunnable || !before) return false;
    return now.cpuMs - before.cpuMs < starvingBelow * (nowMs - atMs);
  }
}
