import { parentPort } from 'node:worker_threads';
import { RecordingAnalysis } from '../../../vad/finding/recording-analysis.ts';
import { openModels, type ModelSource, type OpenModel } from '../../../vad/kernel/open-models.ts';
import { kernelFiles } from '../../../vad/packing/kernel-files.ts';
import { WavProblem } from '../../../vad/wav/problem.ts';
import type { Report, Task } from './messages.ts';

interface Open {
  readonly analysis: RecordingAnalysis;
  readonly model: OpenModel;
}

/** A thread of the service: finds speech in any number of recordings side by side, one piece after another. */
class AnalysisThread {
  readonly #models: ModelSource;
  readonly #report: (report: Report) => void;
  readonly #open = new Map<number, Open>();

  constructor(models: ModelSource, report: (report: Report) => void) {
    this.#models = models;
    this.#report = report;
  }

  take(task: Task): void {
    try {
      this.#do(task);
    } catch (error) {
      this.#drop(task.id);
      this.#report({
        kind: 'failed',
        id: task.id,
        problem: error instanceof WavProblem ? error.kind : undefined,
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }

  #do(task: Task): void {
    const { id } = task;
    if (task.kind === 'open') {
      const model = this.#models.open();
      this.#open.set(id, {
        model,
        analysis: new RecordingAnalysis(model, task.source, task.settings),
      });
      return;
    }
    const analysis = this.#open.get(id)?.analysis;
    // It has failed, and that has been reported.
    if (!analysis) return;
    if (task.kind === 'feed') {
      analysis.feed(task.bytes);
      const { speaking, probability, heardMs } = analysis;
      this.#report({ kind: 'fed', id, heard: { speaking, probability, heardMs } });
    } else if (task.kind === 'finish') {
      const findings = analysis.finish();
      this.#drop(id);
      this.#report({ kind: 'found', id, findings });
    } else {
      this.#drop(id);
    }
  }

  #drop(id: number): void {
    this.#open.get(id)?.model.close();
    this.#open.delete(id);
  }
}

const port = parentPort;
if (!port) throw new Error('This runs as a thread of the service.');
const { wasm, weights } = await kernelFiles();
const models = await openModels(wasm, weights.buffer);
const thread = new AnalysisThread(models, (report) => port.postMessage(report));
port.on('message', (task: Task) => thread.take(task));
port.postMessage({ kind: 'ready', models: models.kind } satisfies Report);
