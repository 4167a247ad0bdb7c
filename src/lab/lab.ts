import kernelUrl from 'virtual:silero-kernel';
import weightsUrl from 'virtual:silero-weights';
import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  defaultSegmentSettings,
  type Segment,
  type SegmentSettings,
} from '../../vad/segmenting/segments.ts';
import { Pace } from './batch/pace.ts';
import type { Progress, Recording } from './batch/recording.ts';
import { isLabelFile, readLabels, type Labels } from './benchmark/labels.ts';
import { RecordingError } from './decoding/problem.ts';
import { TaskWorker } from './worker/worker-task.ts';

/** Files that are heard side by side: one core is left to the page. */
const sideBySide = Math.max(1, Math.min(8, navigator.hardwareConcurrency - 1));

const detectorUrls = {
  kernel: new URL(kernelUrl, location.href).href,
  weights: new URL(weightsUrl, location.href).href,
};

export interface LabState {
  readonly recordings: readonly Recording[];
  readonly settings: SegmentSettings;
  /** The recording that is shown in full. */
  readonly chosenId: number | undefined;
  readonly labels: readonly Labels[];
  /** Label files that say nothing, by name. */
  readonly labelProblems: readonly { readonly name: string; readonly message: string }[];
  readonly paused: boolean;
  /** Until the last file was heard, in ms; undefined while it cannot be told. */
  readonly leftMs: number | undefined;
}

/** Hears every file that it is given, several at a time, and keeps what the detector said of each. */
export class Lab {
  readonly store: StoreApi<LabState> = createStore<LabState>(() => ({
    recordings: [],
    settings: defaultSegmentSettings,
    chosenId: undefined,
    labels: [],
    labelProblems: [],
    paused: false,
    leftMs: undefined,
  }));
  readonly #idle: TaskWorker[] = [];
  readonly #busy = new Map<number, TaskWorker>();
  #pace = newPace();
  /** The files since the page last had nothing to do; the time left is that of these. */
  #batch = new Set<number>();
  #lastId = 0;

  /** Takes recordings to hear, and labels to hold them against. */
  add(files: readonly File[]): void {
    for (const file of files.filter(({ name }) => isLabelFile(name))) void this.#addLabels(file);
    this.#addRecordings(files.filter(({ name }) => !isLabelFile(name)));
  }

  #addRecordings(files: readonly File[]): void {
    if (files.length === 0) return;
    const added = files.map((file): Recording => {
      this.#lastId += 1;
      return { id: this.#lastId, file, progress: { kind: 'waiting' } };
    });
    if (this.#busy.size === 0) {
      this.#batch = new Set();
      this.#pace = newPace();
    }
    for (const { id } of added) this.#batch.add(id);
    this.store.setState(({ recordings, chosenId }) => ({
      recordings: [...recordings, ...added],
      chosenId: chosenId ?? added[0]?.id,
      paused: false,
    }));
    this.#setWorkersPaused(false);
    this.#pace.go();
    this.#fill();
  }

  choose(chosenId: number): void {
    this.store.setState({ chosenId });
  }

  setSettings(settings: SegmentSettings): void {
    this.store.setState({ settings });
  }

  setPaused(paused: boolean): void {
    this.store.setState({ paused });
    this.#setWorkersPaused(paused);
    if (paused) this.#pace.rest();
    else {
      this.#pace.go();
      this.#fill();
    }
  }

  /** What was heard already stays. */
  cancel(): void {
    for (const worker of this.#busy.values()) worker.stop();
    this.#busy.clear();
    this.store.setState(({ recordings }) => ({
      recordings: recordings.map((recording) =>
        isPending(recording) ? { ...recording, progress: { kind: 'cancelled' } } : recording,
      ),
      paused: false,
      leftMs: undefined,
    }));
  }

  clear(): void {
    this.cancel();
    for (const worker of this.#idle.splice(0)) worker.stop();
    this.store.setState({
      recordings: [],
      chosenId: undefined,
      labels: [],
      labelProblems: [],
    });
  }

  /** The recording without all that lies between the segments. Rejects with a `RecordingError`. */
  async cut({ file }: Recording, segments: readonly Segment[]): Promise<Blob> {
    const worker = new TaskWorker();
    try {
      const answer = await worker.run({ kind: 'cut', file, segments }, () => undefined);
      if (answer.kind === 'cut') return answer.wav;
      throw new RecordingError(
        answer.kind === 'failed' ? answer.problem : { kind: 'detector', detail: answer.kind },
      );
    } finally {
      worker.stop();
    }
  }

  async #addLabels(file: File): Promise<void> {
    const { name } = file;
    try {
      const read = readLabels(name, await file.text());
      this.store.setState(({ labels }) => ({ labels: [...labels, ...read] }));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.store.setState(({ labelProblems }) => ({
        labelProblems: [...labelProblems.filter((other) => other.name !== name), { name, message }],
      }));
    }
  }

  /** Gives waiting files to workers until all of these are busy. */
  #fill(): void {
    const { recordings, paused } = this.store.getState();
    if (paused) return;
    const waiting = recordings.filter(({ progress }) => progress.kind === 'waiting');
    for (const recording of waiting.slice(0, sideBySide - this.#busy.size)) {
      void this.#hear(recording);
    }
    if (this.#busy.size === 0) {
      this.#pace.rest();
      this.store.setState({ leftMs: undefined });
    }
  }

  async #hear({ id, file }: Recording): Promise<void> {
    const worker = this.#idle.pop() ?? new TaskWorker();
    this.#busy.set(id, worker);
    worker.setPaused(false);
    this.#tell(id, { kind: 'running', share: 0 });
    const answer = await worker.run({ kind: 'analyse', file, detector: detectorUrls }, (share) =>
      this.#tell(id, { kind: 'running', share }),
    );
    // Cancelled meanwhile, and perhaps replaced.
    if (this.#busy.get(id) !== worker) return;
    this.#busy.delete(id);
    this.#idle.push(worker);
    if (answer.kind === 'analysed') this.#tell(id, { kind: 'heard', analysis: answer.analysis });
    if (answer.kind === 'failed') this.#tell(id, answer);
    this.#fill();
  }

  #tell(id: number, progress: Progress): void {
    this.store.setState((state) => {
      const recordings = state.recordings.map((recording) =>
        recording.id === id ? { ...recording, progress } : recording,
      );
      const batch = recordings.filter((other) => this.#batch.has(other.id));
      return { recordings, leftMs: this.#pace.leftMs(doneBytes(batch), allBytes(batch)) };
    });
  }

  #setWorkersPaused(paused: boolean): void {
    for (const worker of this.#busy.values()) worker.setPaused(paused);
  }
}

function newPace(): Pace {
  return new Pace(() => performance.now());
}

/** Whether the file still has to be heard, or is being heard. */
export function isPending({ progress }: Recording): boolean {
  return progress.kind === 'waiting' || progress.kind === 'running';
}

/** Bytes, since how long a recording lasts is known only once it was opened. */
export function doneBytes(recordings: readonly Recording[]): number {
  return recordings.reduce((sum, { file, progress }) => {
    if (progress.kind === 'waiting') return sum;
    return sum + file.size * (progress.kind === 'running' ? progress.share : 1);
  }, 0);
}

export function allBytes(recordings: readonly Recording[]): number {
  return recordings.reduce((sum, { file }) => sum + file.size, 0);
}
