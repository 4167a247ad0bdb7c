import type { Environment, LogLevel } from '../environment.ts';
import { Guard } from './guard.ts';
import { openLogFile } from './log-file.ts';
import type { LogSinks } from './part-log.ts';
import { Part, type PartPlan, type PartState } from './part.ts';
import type { Terminal } from './terminal.ts';

/** What a run of the launcher holds: the log, the watchdog and the parts, until all of it is stopped. */
export class Session {
  readonly environment: Environment;
  readonly terminal: Terminal;
  readonly logPath: string;
  readonly #sinks: LogSinks;
  readonly #guard = new Guard();
  /** In the order in which they were started. */
  readonly #started: Part[] = [];
  #closing = false;

  constructor(environment: Environment, terminal: Terminal) {
    this.environment = environment;
    this.terminal = terminal;
    const { path, stream } = openLogFile(environment.cacheFolder);
    this.logPath = path;
    this.#sinks = { terminal, file: stream, threshold: (part) => this.#threshold(part) };
  }

  /** For the log file only. */
  note(text: string): void {
    this.#sinks.file.write(`${new Date().toISOString()} launcher ${text}\n`);
  }

  /** A part that is kept running. `title` names it in sentences; the listeners hear what others need to be told. */
  part(
    plan: PartPlan,
    title: string,
    onState: (state: PartState) => void = () => undefined,
    onMessage?: (message: unknown) => void,
  ): Part {
    let hasAnswered = false;
    const part = new Part(plan, {
      guard: this.#guard,
      sinks: this.#sinks,
      onMessage,
      onState: (state) => {
        this.note(`${plan.name} ${JSON.stringify(state)}`);
        if (state.kind === 'starting' && !this.#started.includes(part)) this.#started.push(part);
        if (state.kind === 'waiting') {
          this.terminal.warn(
            `${title} stopped: ${state.reason}. Starting it again in ${state.forMs / 1000} s.`,
          );
        }
        if (state.kind === 'ready') {
          this.terminal.step(`${title} ${hasAnswered ? 'runs again' : 'is ready'}`);
          hasAnswered = true;
        }
        onState(state);
      },
    });
    return part;
  }

  /** Stops all parts, the last one first, because it leans on those before. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const part of this.#started.toReversed()) await part.stop();
    this.#guard.release();
    await new Promise<void>((resolve) => {
      (this.#sinks.file as NodeJS.WritableStream).end(() => resolve());
    });
  }

  #threshold(part: string): LogLevel {
    if (this.#closing) return 'silent';
    // LiveKit warns of every page that is closed without a goodbye.
    const { logLevel } = this.environment;
    return part === 'livekit' && logLevel === 'warn' ? 'error' : logLevel;
  }
}
