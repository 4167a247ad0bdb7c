// Audio thread. Takes: what is fed to the microphone's track, what comes out of it, and the tones. Posts: when the first began
// and the last ended.
import { audibleFrom } from './audible.ts';
import type { ProbeNews } from './probe.ts';

declare const currentTime: number;
declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

/** Of a tone; for so long, in s, it is silent, or sounds again. */
const toneFrom = 0.002;
const silentForS = 0.01;
const calmForS = 0.8;
/** Speech may end and begin again before all is over. */
const newsEveryS = 0.2;

class Tone {
  silentS: number | undefined;
  #quietSinceS: number | undefined;
  soundsSinceS: number | undefined;

  hear(samples: Float32Array | undefined, nowS: number): void {
    for (let i = 0; i < (samples?.length ?? 128); i += 1) {
      const atS = nowS + i / sampleRate;
      if (Math.abs(samples?.[i] ?? 0) >= toneFrom) {
        this.#quietSinceS = undefined;
        this.soundsSinceS ??= atS;
        continue;
      }
      this.#quietSinceS ??= atS;
      if (atS - this.#quietSinceS < silentForS) continue;
      this.silentS ??= this.#quietSinceS;
      this.soundsSinceS = undefined;
    }
  }
}

class ProbeProcessor extends AudioWorkletProcessor {
  #tones: Tone[] = [];
  #fedS: number | undefined;
  #arrivedS: number | undefined;
  #toldS = 0;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<number>) => {
      this.#tones = Array.from({ length: data }, () => new Tone());
      this.#fedS = this.#arrivedS = undefined;
    };
  }

  process(inputs: readonly (readonly Float32Array[])[]): boolean {
    this.#fedS ??= beginning(inputs[0]?.[0]);
    if (this.#fedS !== undefined) this.#arrivedS ??= beginning(inputs[1]?.[0]);
    this.#tones.forEach((tone, i) => tone.hear(inputs[2 + i]?.[0], currentTime));
    if (currentTime - this.#toldS >= newsEveryS) this.#tell();
    return true;
  }

  #tell(): void {
    this.#toldS = currentTime;
    const news: ProbeNews = {
      fedS: this.#fedS,
      arrivedS: this.#arrivedS,
      silentS: this.#tones.map(({ silentS }) => silentS),
      calm: this.#tones.every(
        ({ soundsSinceS }) => soundsSinceS !== undefined && currentTime - soundsSinceS >= calmForS,
      ),
    };
    this.port.postMessage(news);
  }
}

function beginning(samples: Float32Array | undefined): number | undefined {
  const index = samples?.findIndex((sample) => Math.abs(sample) >= audibleFrom) ?? -1;
  return index < 0 ? undefined : currentTime + index / sampleRate;
}

registerProcessor('probe', ProbeProcessor);
