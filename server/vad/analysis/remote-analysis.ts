import type { RecordingFindings } from '../../../vad/finding/recording-analysis.ts';
import { WavProblem } from '../../../vad/wav/problem.ts';
import type { Heard, Report, Task } from './messages.ts';

/** The thread that had the recording in hand has ended. */
export class ThreadLost extends Error {
  override readonly name = 'ThreadLost';

  constructor() {
    super('The recording was lost on its way; send it again.');
  }
}

interface Waiting {
  readonly resolve: (report: Report) => void;
  readonly reject: (error: Error) => void;
}

/** One recording or stream in a thread. Has to be finished or dropped. */
export class RemoteAnalysis {
  readonly #id: number;
  readonly #send: (task: Task, transfer: ArrayBuffer[]) => void;
  readonly #onEnd: () => void;
  readonly #waiting: Waiting[] = [];
  #failure: Error | undefined;
  #ended = false;

  constructor(id: number, send: (task: Task, transfer: ArrayBuffer[]) => void, onEnd: () => void) {
    this.#id = id;
    this.#send = send;
    this.#onEnd = onEnd;
  }

  /** How many pieces have been fed and not been heard yet. */
  get behind(): number {
    return this.#waiting.length;
  }

  /** Resolves when the bytes have been heard. Rejects with a `WavProblem`, or with `ThreadLost`. */
  async feed(bytes: Uint8Array): Promise<Heard> {
    const copy = new Uint8Array(bytes);
    const report = await this.#ask({ kind: 'feed', id: this.#id, bytes: copy }, [copy.buffer]);
    if (report.kind !== 'fed') throw new Error(`The thread answered ${report.kind} to bytes.`);
    return report.heard;
  }

  /** Says that no more follows. Rejects as `feed` does. */
  async finish(): Promise<RecordingFindings> {
    const report = await this.#ask({ kind: 'finish', id: this.#id }, []);
    this.#end();
    if (report.kind !== 'found') throw new Error(`The thread answered ${report.kind} to the end.`);
    return report.findings;
  }

  /** Forgets the recording, whatever has been found. */
  drop(): void {
    if (this.#ended) return;
    this.#send({ kind: 'drop', id: this.#id }, []);
    this.fail(new Error('The recording was dropped.'));
  }

  /** For the pool: an answer of the thread. */
  take(report: Report): void {
    if (report.kind === 'failed') {
      this.fail(
        report.problem ? new WavProblem(report.problem, report.message) : new Error(report.message),
      );
      return;
    }
    this.#waiting.shift()?.resolve(report);
  }

  /** For the pool: nothing more will come of it. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.#end();
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }

  #ask(task: Task, transfer: ArrayBuffer[]): Promise<Report> {
    return new Promise((resolve, reject) => {
      if (this.#failure) {
        reject(this.#failure);
        return;
      }
      this.#waiting.push({ resolve, reject });
      this.#send(task, transfer);
    });
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#onEnd();
  }
}
