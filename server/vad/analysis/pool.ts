import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { RecordingSource } from '../../../vad/finding/recording-analysis.ts';
import type { SegmentSettings } from '../../../vad/segmenting/segments.ts';
import type { Report } from './messages.ts';
import { RemoteAnalysis, ThreadLost } from './remote-analysis.ts';

interface Thread {
  readonly worker: Worker;
  readonly open: Map<number, RemoteAnalysis>;
  models: 'starting' | 'kernel' | 'plain';
}

/** A thread that ends so often within a minute is not started again. */
const mostRestarts = 5;
const restartWindowMs = 60_000;

/** The threads that find speech. One that ends is replaced, and whoever it served is told. */
export class AnalysisPool {
  readonly #program: URL;
  readonly #threads = new Set<Thread>();
  #restartsMs: number[] = [];
  #nextId = 1;
  #closed = false;

  /** Starts so many threads; they load by themselves, and what is sent before that waits. */
  constructor(threads: number, program: URL = threadProgram()) {
    this.#program = program;
    for (let i = 0; i < threads; i += 1) this.#start();
  }

  /** How many recordings and streams are in hand. */
  get open(): number {
    return [...this.#threads].reduce((sum, { open }) => sum + open.size, 0);
  }

  get threads(): number {
    return this.#threads.size;
  }

  /** What the threads compute with; `starting` until one of them is ready. */
  get models(): Thread['models'] {
    const known = [...this.#threads].find(({ models }) => models !== 'starting');
    return known?.models ?? 'starting';
  }

  /** Opens a recording in the thread that has the fewest; undefined when there is no thread. */
  begin(source: RecordingSource, settings: SegmentSettings): RemoteAnalysis | undefined {
    const thread = [...this.#threads].reduce<Thread | undefined>(
      (least, next) => (least && least.open.size <= next.open.size ? least : next),
      undefined,
    );
    if (!thread) return undefined;
    const id = this.#nextId;
    this.#nextId += 1;
    const { worker, open } = thread;
    const analysis = new RemoteAnalysis(
      id,
      (task, transfer) => worker.postMessage(task, transfer),
      () => open.delete(id),
    );
    open.set(id, analysis);
    worker.postMessage({ kind: 'open', id, source, settings });
    return analysis;
  }

  /** Ends the threads; whatever is in hand is lost. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#threads].map(({ worker }) => worker.terminate()));
  }

  #start(): void {
    const worker = new Worker(this.#program);
    const thread: Thread = { worker, open: new Map(), models: 'starting' };
    this.#threads.add(thread);
    worker.on('message', (report: Report) => {
      if (report.kind === 'ready') thread.models = report.models;
      else thread.open.get(report.id)?.take(report);
    });
    // Told of by `exit`, which always follows.
    worker.on('error', () => undefined);
    worker.once('exit', () => this.#replace(thread));
  }

  #replace(thread: Thread): void {
    this.#threads.delete(thread);
    for (const analysis of [...thread.open.values()]) analysis.fail(new ThreadLost());
    if (this.#closed) return;
    const nowMs = performance.now();
    this.#restartsMs = [
      ...this.#restartsMs.filter((atMs) => nowMs - atMs < restartWindowMs),
      nowMs,
    ];
    if (this.#restartsMs.length <= mostRestarts) this.#start();
  }
}

/** The bundle beside this one, or the source by way of tsx. */
function threadProgram(): URL {
  const bundle = new URL('./vad-thread.js', import.meta.url);
  return existsSync(bundle) ? bundle : new URL('../thread-from-source.mjs', import.meta.url);
}
