import { cpuSeconds, processTree, proportionalMb } from '../processes.ts';

const everyMs = 100;

/** Looks at a process, and at what it starts, until it is told to stop or the process is gone. */
export class Watched {
  readonly #pid: number;
  readonly #timer: NodeJS.Timeout;
  readonly #cpuS = new Map<number, number>();
  readonly #before: number;
  #mostMb = 0;
  #mostWithOthersMb = 0;

  constructor(pid: number) {
    this.#pid = pid;
    this.#before = cpuSeconds(pid);
    this.#look();
    this.#timer = setInterval(() => this.#look(), everyMs);
  }

  stop(): {
    /** Of the process itself. */
    readonly mostMb: number;
    /** With ffmpeg, where it is needed. */
    readonly mostWithOthersMb: number;
    /** Of all of them, from the first look to the last. */
    readonly cpuS: number;
  } {
    clearInterval(this.#timer);
    this.#look();
    const all = [...this.#cpuS.values()].reduce((sum, seconds) => sum + seconds, 0);
    return {
      mostMb: Math.round(this.#mostMb),
      mostWithOthersMb: Math.round(this.#mostWithOthersMb),
      cpuS: all - this.#before,
    };
  }

  #look(): void {
    try {
      const ownMb = proportionalMb(this.#pid);
      const others = processTree(this.#pid).map(({ pid }) => pid);
      const othersMb = others.reduce((sum, pid) => sum + proportionalMb(pid), 0);
      this.#mostMb = Math.max(this.#mostMb, ownMb);
      this.#mostWithOthersMb = Math.max(this.#mostWithOthersMb, ownMb + othersMb);
      for (const pid of [this.#pid, ...others]) this.#cpuS.set(pid, cpuSeconds(pid));
    } catch {
      // One of them has ended; what it used until the look before is known.
    }
  }
}
