// Audio thread. Takes: the microphone. Posts: frames of 512 samples at 16 kHz, straight to the detector's worker, so that
// a busy page holds nothing up.
import { Resampler } from '../../vad/resampling/resampler.ts';
import { frameRateHz, frameSamples } from '../../vad/silero/frame.ts';
import type { CapturedFrame } from './messages.ts';

// The lib for pages does not know the audio thread's globals.
declare const currentTime: number;
declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

const quantum = 128;
const silence = new Float32Array(quantum);

class CaptureProcessor extends AudioWorkletProcessor {
  readonly #resampler = new Resampler(sampleRate, frameRateHz);
  #frame = new Float32Array(frameSamples);
  #filled = 0;
  #detector: MessagePort | undefined;
  #closed = false;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<MessagePort | 'close'>) => {
      if (data === 'close') this.#closed = true;
      else this.#detector = data;
    };
  }

  process([input]: readonly (readonly Float32Array[])[]): boolean {
    // A track that has ended, or has not begun, gives no channel; time goes on all the same.
    this.#resampler.feed(input?.[0] ?? silence, this.#take);
    if (this.#closed) this.#detector?.close();
    return !this.#closed;
  }

  readonly #take = (sample: number): void => {
    this.#frame[this.#filled] = sample;
    this.#filled += 1;
    if (this.#filled < frameSamples) return;
    const message: CapturedFrame = {
      samples: this.#frame,
      atS: currentTime + quantum / sampleRate,
      atMs: Date.now(),
    };
    this.#detector?.postMessage(message, [this.#frame.buffer]);
    this.#frame = new Float32Array(frameSamples);
    this.#filled = 0;
  };
}

registerProcessor('vad-capture', CaptureProcessor);
