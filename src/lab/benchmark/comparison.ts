import kernelUrl from 'virtual:silero-kernel';
import weightsUrl from 'virtual:silero-weights';
import webrtcUrl from '@echogarden/fvad-wasm/fvad.wasm?url';
import legacyUrl from '@ricky0123/vad-web/dist/silero_vad_legacy.onnx?url';
import v5Url from '@ricky0123/vad-web/dist/silero_vad_v5.onnx?url';
import onnxRuntimeUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RecordingProblem } from '../decoding/problem.ts';
import type { Condition, LabelledRecording } from './conditions.ts';
import type { DetectorName } from './detectors/names.ts';
import type { PartUrls } from './detectors/open-detector.ts';
import LabelledRecordingWorker from './hearing/labelled-recording.worker.ts?worker';
import type { Heard, HearingAnswer, HearingTask } from './hearing/messages.ts';

const whole = (url: string): string => new URL(url, location.href).href;
const urls: PartUrls = {
  silero: { kernel: whole(kernelUrl), weights: whole(weightsUrl) },
  legacy: whole(legacyUrl),
  v5: whole(v5Url),
  onnxRuntime: whole(onnxRuntimeUrl),
  webrtc: whole(webrtcUrl),
};

/** What all detectors so far made of one recording. */
export interface HeardRecording {
  readonly recording: LabelledRecording;
  readonly durationMs: number;
  readonly byDetector: Readonly<Partial<Record<DetectorName, Heard>>>;
}

export interface ComparisonState {
  readonly conditions: ReadonlySet<Condition>;
  readonly detectors: ReadonlySet<DetectorName>;
  /** By the recording's key. */
  readonly heard: ReadonlyMap<string, HeardRecording>;
  /** The same as it was when the work last ended, so that scores are not counted anew with each recording. */
  readonly settled: readonly HeardRecording[];
  /** What stopped the work, of which recording; cleared by the next choice. */
  readonly problem: { readonly name: string; readonly problem: RecordingProblem } | undefined;
  readonly working: boolean;
}

/** Lets chosen detectors hear chosen recordings, one after the other, so that none takes another's time. */
export class Comparison {
  readonly store: StoreApi<ComparisonState> = createStore<ComparisonState>(() => ({
    conditions: new Set(),
    detectors: new Set(['silero', 'webrtc', 'energy'] as const),
    heard: new Map(),
    settled: [],
    problem: undefined,
    working: false,
  }));
  #recordings: readonly LabelledRecording[] = [];
  #worker: Worker | undefined;
  /** The run that may still tell; another begins where a choice was changed after a stop. */
  #run: object | undefined;

  /** All that there are to choose from. Those that come with the page wait to be chosen, those of a person are at once. */
  setRecordings(recordings: readonly LabelledRecording[]): void {
    const known = new Set(this.#recordings.map(({ key }) => key));
    this.#recordings = recordings;
    for (const { key, isOwn, condition } of recordings) {
      if (isOwn && !known.has(key)) this.choose(condition, true);
    }
    this.goOn();
  }

  choose(condition: Condition, chosen: boolean): void {
    this.store.setState(({ conditions }) => ({
      conditions: changed(conditions, condition, chosen),
    }));
    this.goOn();
  }

  chooseDetector(detector: DetectorName, chosen: boolean): void {
    this.store.setState(({ detectors }) => ({ detectors: changed(detectors, detector, chosen) }));
    this.goOn();
  }

  /** How many of the chosen recordings every chosen detector has heard. */
  progress({ conditions, detectors, heard }: ComparisonState): { done: number; all: number } {
    const chosen = this.#recordings.filter(({ condition }) => conditions.has(condition));
    const done = chosen.filter(({ key }) => {
      const known = heard.get(key)?.byDetector ?? {};
      return [...detectors].every((name) => known[name]);
    });
    return { done: done.length, all: chosen.length };
  }

  /** Ends the work; what was heard stays, and any choice goes on with the rest. */
  stop(): void {
    this.#run = undefined;
    this.#worker?.terminate();
    this.#worker = undefined;
    this.store.setState(({ heard }) => ({ working: false, settled: [...heard.values()] }));
  }

  goOn(): void {
    if (this.#run || !this.#next()) return;
    const run = (this.#run = {});
    this.store.setState({ working: true, problem: undefined });
    void this.#hearAll(run).finally(() => {
      if (this.#run === run) this.stop();
    });
  }

  async #hearAll(run: object): Promise<void> {
    for (let next = this.#next(); next && this.#run === run; next = this.#next()) {
      const { recording, detectors } = next;
      const answer = await this.#hear(recording, detectors);
      if (this.#run !== run) return;
      if (answer.kind === 'failed') {
        this.store.setState({ problem: { name: recording.name, problem: answer.problem } });
        return;
      }
      this.#keep(recording, answer);
    }
  }

  /** The first chosen recording that a chosen detector has not heard. */
  #next(): { recording: LabelledRecording; detectors: readonly DetectorName[] } | undefined {
    const { conditions, detectors, heard } = this.store.getState();
    for (const recording of this.#recordings) {
      if (!conditions.has(recording.condition)) continue;
      const known = heard.get(recording.key)?.byDetector ?? {};
      const missing = [...detectors].filter((name) => !known[name]);
      if (missing.length > 0) return { recording, detectors: missing };
    }
    return undefined;
  }

  async #hear(
    { file }: LabelledRecording,
    detectors: readonly DetectorName[],
  ): Promise<HearingAnswer> {
    let sound: Blob;
    try {
      sound = await file();
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { kind: 'failed', problem: { kind: 'broken', detail } };
    }
    const worker = (this.#worker ??= new LabelledRecordingWorker());
    return new Promise((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<HearingAnswer>) => resolve(data);
      worker.onerror = ({ message }) =>
        resolve({ kind: 'failed', problem: { kind: 'detector', detail: message } });
      const task: HearingTask = { file: sound, detectors, urls };
      worker.postMessage(task);
    });
  }

  #keep(
    recording: LabelledRecording,
    { durationMs, heard }: Extract<HearingAnswer, { kind: 'heard' }>,
  ): void {
    this.store.setState((state) => {
      const byDetector = { ...state.heard.get(recording.key)?.byDetector };
      for (const one of heard) byDetector[one.detector] = one;
      const all = new Map(state.heard).set(recording.key, { recording, durationMs, byDetector });
      return { heard: all };
    });
  }
}

function changed<T>(set: ReadonlySet<T>, member: T, wanted: boolean): ReadonlySet<T> {
  const copy = new Set(set);
  if (wanted) copy.add(member);
  else copy.delete(member);
  return copy;
}
