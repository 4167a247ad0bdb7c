// Audio thread. Takes: any audio. Posts: a SoundEdge whenever sound begins or ends, so the page is woken only then.
import { SoundGate, type SoundGateOptions } from './sound-gate.ts';

// The lib for pages does not know the audio thread's globals.
declare const currentTime: number;
declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(
  name: string,
  processor: new (options: { processorOptions: SoundGateOptions }) => AudioWorkletProcessor,
): void;

class SoundGateProcessor extends AudioWorkletProcessor {
  readonly #gate: SoundGate;
  #closed = false;

  constructor({ processorOptions }: { processorOptions: SoundGateOptions }) {
    super();
    this.#gate = new SoundGate(processorOptions);
    this.port.onmessage = () => {
      this.#closed = true;
    };
  }

  process([input]: readonly (readonly Float32Array[])[]): boolean {
    const samples = input?.[0];
    // A source that has ended gives no channel at all; to the gate that is silence.
    const length = samples?.length ?? 128;
    const edge = this.#gate.feed(samples ? rms(samples) : 0, currentTime, length / sampleRate);
    if (edge) this.port.postMessage(edge);
    return !this.#closed;
  }
}

function rms(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}

registerProcessor('sound-gate', SoundGateProcessor);
