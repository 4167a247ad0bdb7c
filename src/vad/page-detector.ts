import { FrameProcessor } from '@ricky0123/vad-web/dist/frame-processor.js';
import {
  getDefaultRealTimeVADOptions,
  MicVAD,
  type RealTimeVADOptions,
} from '@ricky0123/vad-web/dist/real-time-vad.js';
import captureUrl from '@ricky0123/vad-web/dist/vad.worklet.bundle.min.js?url';
import weightsUrl from 'virtual:silero-weights';
import { frameMs, frameSamples } from '../../vad/silero/frame.ts';
import { Silero } from '../../vad/silero/silero.ts';
import { duckNode } from '../barge-in/duck-node.ts';
import duckUrl from '../barge-in/duck.worklet.ts?worker&url';
import type { Sensitivity } from '../barge-in/policy.ts';
import type { DetectorOptions, SpeechDetector } from './detecting.ts';
import { Listening } from './listening.ts';
import { loadWeights } from './load-weights.ts';
import type { DetectorEvent, DuckCommand, PlayedLevels } from './messages.ts';

/** Never reached: the processor is asked for probabilities, not for segments, which it would keep without bound. */
const unreachable = 2;

/**
 * The detector for a page whose worker cannot run: MicVAD of @ricky0123/vad-web captures on the page's own thread, and
 * the same state machine decides. It is given our own forward pass, since ONNX Runtime would need a content security
 * policy that lets WebAssembly be compiled in the page.
 */
export class PageDetector implements SpeechDetector {
  readonly duck: AudioWorkletNode;
  /** The page's own thread has enough to do with one. */
  readonly listenToUntreated = undefined;
  readonly #levels: MessagePort;
  readonly #listening: Listening;
  readonly #microphone: MicVAD;
  readonly #onEvent: (event: DetectorEvent) => void;
  #track: MediaStreamTrack | undefined;
  #probability = 0;
  /** MicVAD cannot be started and paused at once, so each waits for the one before. */
  #turn: Promise<void> = Promise.resolve();

  private constructor(silero: Silero, { context, sensitivity, onEvent }: DetectorOptions) {
    this.#onEvent = onEvent;
    this.duck = duckNode(context);
    const { port1: here, port2: there } = new MessageChannel();
    this.duck.port.postMessage(there, [there]);
    this.#levels = here;
    this.#listening = new Listening({ probability: () => this.#probability }, sensitivity, {
      tell: onEvent,
      command: (command) => this.duck.port.postMessage(command),
      now: () => Date.now(),
    });
    here.onmessage = ({ data }: MessageEvent<PlayedLevels>) => this.#listening.hearPlayed(data);
    const stream = () => Promise.resolve(new MediaStream(this.#track ? [this.#track] : []));
    this.#microphone = micVad(silero, {
      audioContext: context,
      getStream: stream,
      resumeStream: stream,
      // The track is the room's, not the detector's to stop.
      pauseStream: () => Promise.resolve(),
      processorType: 'AudioWorklet',
      // It puts a file name of its own behind this, which a fragment keeps from the server.
      baseAssetPath: `${captureUrl}#`,
      onFrameProcessed: ({ isSpeech }, frame) => {
        this.#probability = isSpeech;
        this.#listening.hearMicrophone({
          samples: new Float32Array(frame),
          atS: context.currentTime,
          atMs: Date.now(),
        });
      },
    });
  }

  /** Rejects if the browser refuses the worklets, or the server does not have the weights. */
  static async start(options: DetectorOptions): Promise<PageDetector> {
    const [parameters] = await Promise.all([
      loadWeights(weightsUrl),
      options.context.audioWorklet.addModule(duckUrl),
    ]);
    return new PageDetector(new Silero(parameters), options);
  }

  listenTo(track: MediaStreamTrack): () => void {
    this.#then(async () => {
      this.#track = track;
      await this.#microphone.start();
    });
    return () => this.#then(() => this.#microphone.pause());
  }

  hearWords(): void {
    this.#listening.hearWords();
  }

  dropHeld(): void {
    const command: DuckCommand = { kind: 'drop' };
    this.duck.port.postMessage(command);
  }

  setSensitivity(sensitivity: Sensitivity): void {
    this.#listening.setSensitivity(sensitivity);
  }

  watch(verbose: boolean): void {
    this.#listening.verbose = verbose;
  }

  reset(): void {
    this.#listening.reset();
  }

  stop(): void {
    this.#then(() => this.#microphone.destroy());
    this.duck.port.postMessage('close');
    this.duck.disconnect();
    this.#levels.close();
  }

  #then(act: () => Promise<void>): void {
    this.#turn = this.#turn.then(act).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      this.#onEvent({ kind: 'failed', message });
    });
  }
}

/** `MicVAD.new` knows no network but those of ONNX Runtime; the constructor behind it takes any, though not by its types. */
function micVad(silero: Silero, chosen: Partial<RealTimeVADOptions>): MicVAD {
  const options: RealTimeVADOptions = { ...getDefaultRealTimeVADOptions('v6'), ...chosen };
  const model = {
    process: (frame: Float32Array) => {
      const isSpeech = silero.probability(frame);
      return Promise.resolve({ isSpeech, notSpeech: 1 - isSpeech });
    },
    reset_state: () => silero.reset(),
    release: () => Promise.resolve(),
  };
  const processor = new FrameProcessor(
    model.process,
    model.reset_state,
    { ...options, positiveSpeechThreshold: unreachable },
    frameMs,
  );
  return Reflect.construct(MicVAD, [options, processor, model, frameSamples]) as MicVAD;
}
