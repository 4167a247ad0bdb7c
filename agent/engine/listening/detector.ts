import sherpa, { type Vad } from 'sherpa-onnx-node';
import { listeningRateHz } from '../wire/messages.ts';

/** The detector takes this many samples at a time: 32 ms. */
export const frameSamples = 512;
export const frameMs = (frameSamples / listeningRateHz) * 1000;

const threshold = 0.5;
/** Endpointing counts silence and speech itself, so the detector is to say of each frame what it is. 0 would mean 0.5 s. */
const atOnceSeconds = 0.001;
/** After this much unbroken speech the detector would become stricter. */
const neverSeconds = 24 * 3600;
const bufferSeconds = 30;

/** Tells speech from anything else, frame by frame. */
export interface Detector {
  /** 512 samples, mono in [-1, 1] at 16 kHz. */
  isSpeech(frame: Float32Array): boolean;
  /** Gives it back to the pool. */
  release(): void;
}

/** Detectors cost 10 MB and 50 ms each, so those of closed streams are used again. */
export class DetectorPool {
  readonly #modelPath: string;
  readonly #free: Vad[] = [];

  constructor(modelPath: string) {
    this.#modelPath = modelPath;
  }

  acquire(): Detector {
    const vad = this.#free.pop() ?? this.#create();
    return {
      isSpeech: (frame) => {
        vad.acceptWaveform(frame);
        // It also collects whole segments, which nobody here asks for.
        while (!vad.isEmpty()) vad.pop();
        return vad.isDetected();
      },
      release: () => {
        vad.reset();
        this.#free.push(vad);
      },
    };
  }

  #create(): Vad {
    return new sherpa.Vad(
      {
        sileroVad: {
          model: this.#modelPath,
          threshold,
          minSilenceDuration: atOnceSeconds,
          minSpeechDuration: atOnceSeconds,
          windowSize: frameSamples,
          maxSpeechDuration: neverSeconds,
        },
        sampleRate: listeningRateHz,
        numThreads: 1,
      },
      bufferSeconds,
    );
  }
}
