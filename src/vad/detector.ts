import weightsUrl from 'virtual:silero-weights';
import { duckNode } from '../barge-in/duck-node.ts';
import duckUrl from '../barge-in/duck.worklet.ts?worker&url';
import type { Sensitivity } from '../barge-in/policy.ts';
import { captureNode } from './capture-node.ts';
import captureUrl from './capture.worklet.ts?worker&url';
import type { DetectorOptions, SpeechDetector } from './detecting.ts';
import DetectorWorker from './detector.worker.ts?worker';
import type { DetectorCommand, DetectorEvent, DuckCommand } from './messages.ts';

/** Pieces of sound, 10 ms each, that wait for a worker at most; older ones are dropped. */
const piecesAtMost = 10;
/** A worker that leaves two questions in a row unanswered, asked this often (ms), is dead. */
const pingEveryMs = 2000;
const unansweredOfDead = 2;

/** Chromium has it for sound, in pages; no type for it in the DOM library yet (W3C mediacapture-transform). */
declare class MediaStreamTrackProcessor {
  constructor(init: { track: MediaStreamTrack; maxBufferSize: number });
  readonly readable: ReadableStream<AudioData>;
}

type Ear = 'microphone' | 'untreated';

const loaded = new WeakMap<AudioContext, Promise<unknown>>();

/**
 * Voice activity detection beside the page: microphone (→ worklet) → worker → duck worklet. The page is told what was
 * decided and is asked for nothing, so it may be as busy as it likes.
 */
export class Detector implements SpeechDetector {
  readonly duck: AudioWorkletNode;
  readonly #context: AudioContext;
  /** Undefined where the worker reads tracks by itself. */
  readonly #captures: Readonly<Record<Ear, AudioWorkletNode>> | undefined;
  readonly #worker: Worker;
  #pinging: ReturnType<typeof setInterval> | undefined;
  #unanswered = 0;

  private constructor({ context, sensitivity, onEvent }: DetectorOptions) {
    this.#context = context;
    // First, since a browser may refuse it; the nodes would then be left behind.
    this.#worker = new DetectorWorker();
    this.#captures = canReadTracks()
      ? undefined
      : { microphone: captureNode(context), untreated: captureNode(context) };
    this.duck = duckNode(context);
    this.#worker.onmessage = ({ data }: MessageEvent<DetectorEvent>) => {
      this.#unanswered = 0;
      if (data.kind === 'ready') this.#watchOver(onEvent);
      onEvent(data);
    };
    this.#worker.onerror = ({ message }) => onEvent({ kind: 'failed', message });
    const [captureHere, captureThere] = ports();
    const [untreatedHere, untreatedThere] = ports();
    const [playbackHere, playbackThere] = ports();
    this.#captures?.microphone.port.postMessage(captureHere, [captureHere]);
    this.#captures?.untreated.port.postMessage(untreatedHere, [untreatedHere]);
    this.duck.port.postMessage(playbackHere, [playbackHere]);
    this.#post(
      {
        kind: 'start',
        weights: new URL(weightsUrl, location.href).href,
        capture: captureThere,
        untreated: untreatedThere,
        playback: playbackThere,
        sensitivity,
        verbose: false,
      },
      [captureThere, untreatedThere, playbackThere],
    );
  }

  /** Rejects if the browser refuses the worklets; a worker that cannot run is told as `failed`. */
  static async start(options: DetectorOptions): Promise<Detector> {
    const { context } = options;
    const loading =
      loaded.get(context) ??
      Promise.all([captureUrl, duckUrl].map((url) => context.audioWorklet.addModule(url)));
    loaded.set(context, loading);
    await loading;
    return new Detector(options);
  }

  listenTo(track: MediaStreamTrack): () => void {
    return this.#lend(track, 'microphone');
  }

  listenToUntreated(track: MediaStreamTrack): () => void {
    return this.#lend(track, 'untreated');
  }

  hearWords(): void {
    this.#post({ kind: 'words' });
  }

  dropHeld(): void {
    this.#commandDuck('drop');
  }

  setSensitivity(sensitivity: Sensitivity): void {
    this.#post({ kind: 'sensitivity', sensitivity });
  }

  watch(verbose: boolean): void {
    this.#post({ kind: 'verbose', verbose });
  }

  reset(): void {
    this.#post({ kind: 'reset' });
  }

  stop(): void {
    clearInterval(this.#pinging);
    this.#worker.terminate();
    for (const capture of Object.values(this.#captures ?? {})) {
      capture.port.postMessage('close');
      capture.disconnect();
    }
    this.#commandDuck('restore');
    this.duck.port.postMessage('close');
    this.duck.disconnect();
  }

  #lend(track: MediaStreamTrack, ear: Ear): () => void {
    if (!this.#captures) return this.#letRead(track, ear);
    const source = this.#context.createMediaStreamSource(new MediaStream([track]));
    source.connect(this.#captures[ear]);
    return () => source.disconnect();
  }

  #letRead(track: MediaStreamTrack, ear: Ear): () => void {
    const { readable } = new MediaStreamTrackProcessor({ track, maxBufferSize: piecesAtMost });
    this.#post({ kind: ear, track: readable }, [readable]);
    return () => this.#post({ kind: ear, track: undefined });
  }

  #commandDuck(kind: DuckCommand['kind']): void {
    const command: DuckCommand = { kind };
    this.duck.port.postMessage(command);
  }

  #watchOver(onEvent: (event: DetectorEvent) => void): void {
    this.#pinging = setInterval(() => {
      if (this.#unanswered < unansweredOfDead) {
        this.#unanswered += 1;
        this.#post({ kind: 'ping' });
        return;
      }
      clearInterval(this.#pinging);
      onEvent({ kind: 'failed', message: 'The worker of the detector has gone silent.' });
    }, pingEveryMs);
  }

  #post(command: DetectorCommand, transfer: Transferable[] = []): void {
    this.#worker.postMessage(command, transfer);
  }
}

function canReadTracks(): boolean {
  return 'MediaStreamTrackProcessor' in globalThis;
}

function ports(): [MessagePort, MessagePort] {
  const { port1, port2 } = new MessageChannel();
  return [port1, port2];
}
