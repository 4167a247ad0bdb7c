import weightsUrl from 'virtual:silero-weights';
import duckUrl from '../barge-in/duck.worklet.ts?worker&url';
import type { Sensitivity } from '../barge-in/policy.ts';
import captureUrl from './capture.worklet.ts?worker&url';
import DetectorWorker from './detector.worker.ts?worker';
import type { DetectorCommand, DetectorEvent, DuckCommand } from './messages.ts';

export interface DetectorOptions {
  readonly context: AudioContext;
  readonly sensitivity: Sensitivity;
  readonly onEvent: (event: DetectorEvent) => void;
}

const loaded = new WeakMap<AudioContext, Promise<unknown>>();

/**
 * Voice activity detection beside the page: microphone → worklet → worker → duck worklet. The page is told what was
 * decided and is asked for nothing, so it may be as busy as it likes.
 */
export class Detector {
  /** The assistant's voice goes through it. */
  readonly duck: AudioWorkletNode;
  readonly #context: AudioContext;
  readonly #capture: AudioWorkletNode;
  readonly #worker: Worker;

  private constructor({ context, sensitivity, onEvent }: DetectorOptions) {
    this.#context = context;
    this.#capture = new AudioWorkletNode(context, 'vad-capture', {
      numberOfOutputs: 0,
      channelCount: 1,
      channelCountMode: 'explicit',
    });
    this.duck = new AudioWorkletNode(context, 'barge-in-duck');
    this.#worker = new DetectorWorker();
    this.#worker.onmessage = ({ data }: MessageEvent<DetectorEvent>) => onEvent(data);
    this.#worker.onerror = ({ message }) => onEvent({ kind: 'failed', message });
    const [captureHere, captureThere] = ports();
    const [playbackHere, playbackThere] = ports();
    this.#capture.port.postMessage(captureHere, [captureHere]);
    this.duck.port.postMessage(playbackHere, [playbackHere]);
    this.#post(
      {
        kind: 'start',
        weights: new URL(weightsUrl, location.href).href,
        capture: captureThere,
        playback: playbackThere,
        sensitivity,
        verbose: false,
      },
      [captureThere, playbackThere],
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

  /** Listens to a microphone until the release is called. */
  listenTo(track: MediaStreamTrack): () => void {
    const source = this.#context.createMediaStreamSource(new MediaStream([track]));
    source.connect(this.#capture);
    return () => source.disconnect();
  }

  setSensitivity(sensitivity: Sensitivity): void {
    this.#post({ kind: 'sensitivity', sensitivity });
  }

  /** Whether every frame is told. */
  watch(verbose: boolean): void {
    this.#post({ kind: 'verbose', verbose });
  }

  /** The reply that was cut is gone; lets the next one be heard. */
  reset(): void {
    this.#post({ kind: 'reset' });
  }

  /** Ends the worker and both worklets. The voice passes unchanged from then on. */
  stop(): void {
    this.#worker.terminate();
    this.#capture.port.postMessage('close');
    const restore: DuckCommand = { kind: 'restore' };
    this.duck.port.postMessage(restore);
    this.duck.port.postMessage('close');
    this.#capture.disconnect();
    this.duck.disconnect();
  }

  #post(command: DetectorCommand, transfer: Transferable[] = []): void {
    this.#worker.postMessage(command, transfer);
  }
}

function ports(): [MessagePort, MessagePort] {
  const { port1, port2 } = new MessageChannel();
  return [port1, port2];
}
