import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** The launcher's line to the watchdog: whatever is named here ends when the launcher does, even by `kill -9`. */
export class Guard {
  #watchdog: ChildProcess;
  readonly #groups = new Set<number>();
  #released = false;

  constructor() {
    this.#watchdog = this.#startWatchdog();
  }

  add(pid: number): void {
    this.#groups.add(pid);
    this.#tell('started', pid);
  }

  remove(pid: number): void {
    this.#groups.delete(pid);
    this.#tell('ended', pid);
  }

  /** Lets the watchdog go. What it still guards, it ends. */
  release(): void {
    this.#released = true;
    if (this.#watchdog.connected) this.#watchdog.disconnect();
  }

  #tell(kind: 'started' | 'ended', pid: number): void {
    if (this.#watchdog.connected) this.#watchdog.send({ kind, pid });
  }

  #startWatchdog(): ChildProcess {
    const watchdog = spawn(process.execPath, [join(import.meta.dirname, 'watchdog.js')], {
      // Out of the launcher's group, so that nothing sent to the group reaches it.
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    watchdog.once('exit', () => {
      if (this.#released) return;
      this.#watchdog = this.#startWatchdog();
      for (const pid of this.#groups) this.#tell('started', pid);
    });
    watchdog.unref();
    watchdog.channel?.unref();
    return watchdog;
  }
}
