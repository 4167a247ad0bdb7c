// Audio thread. Takes: the microphone. Posts: frames of 512 samples at 16 kHz, straight to the detector's worker, so that
// a busy page holds nothing up. For browsers whose worker cannot read a track by itself.
import { Framing } from './framing.ts';
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
  readonly #framing = new Framing(sampleRate, (samples) => this.#post(samples));
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
    this.#framing.feed(input?.[0] ?? silence);
    if (this.#closed) this.#detector?.close();
    return !this.#closed;
  }

  #post(samples: Float32Array<ArrayBuffer>): void {
    const atS = currentTime + quantum / sampleRate;
    const message: CapturedFrame = { samples, atS, atMs: Date.now() };
    this.#detector?.postMessage(message, [samples.buffer]);
  }
}

registerProcessor('vad-capture', CaptureProcessor);
