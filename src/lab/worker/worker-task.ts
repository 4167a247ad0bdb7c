import RecordingWorker from './recording.worker.ts?worker';
import type { RecordingProblem } from '../decoding/problem.ts';
import type { WorkerCommand, WorkerEvent, WorkerTask } from './messages.ts';

type Answer = Extract<WorkerEvent, { kind: 'analysed' | 'cut' | 'failed' }>;

/** One worker, which takes one task after another. */
export class TaskWorker {
  #worker: Worker | undefined;
  #paused = false;

  /**
   * Resolves with what came of the task; a worker that dies is a problem like any other, and the next task gets a new
   * one. A file cannot stop the rest. After `stop` the promise stays open.
   */
  async run(task: WorkerTask, onShare: (share: number) => void): Promise<Answer> {
    const worker = (this.#worker ??= new RecordingWorker());
    return new Promise((resolve) => {
      const lose = (detail: string): void => {
        this.stop();
        const problem: RecordingProblem = { kind: 'detector', detail };
        resolve({ kind: 'failed', problem });
      };
      worker.onmessage = ({ data }: MessageEvent<WorkerEvent>) => {
        if (data.kind === 'progress') onShare(data.share);
        else resolve(data);
      };
      worker.onerror = ({ message }) => lose(message);
      worker.onmessageerror = () => lose('');
      this.#post(task);
    });
  }

  setPaused(paused: boolean): void {
    if (this.#paused === paused) return;
    this.#paused = paused;
    if (this.#worker) this.#post({ kind: paused ? 'pause' : 'go-on' });
  }

  stop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #post(command: WorkerCommand): void {
    this.#worker?.postMessage(command);
  }
}
