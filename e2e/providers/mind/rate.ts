import { AudioFrame } from '@livekit/rtc-node';
import { MonoResampler } from '../../../agent/embedded/resampling.ts';
import { joined } from '../../../agent/engine/wire/pcm.ts';

/** Brings a stream of mono PCM from one rate to another. */
export class RateConverter {
  readonly #fromHz: number;
  readonly #resampler: MonoResampler;

  constructor({ fromHz, toHz }: { fromHz: number; toHz: number }) {
    this.#fromHz = fromHz;
    this.#resampler = new MonoResampler(toHz);
  }

  /** What is ready with these samples; a few ms are held back. */
  push(pcm: Int16Array): Int16Array {
    if (pcm.length === 0) return pcm;
    return joined(this.#resampler.push(new AudioFrame(pcm, this.#fromHz, 1, pcm.length)));
  }

  /** What was held back at the end. */
  flush(): Int16Array {
    return joined(this.#resampler.flush());
  }

  close(): void {
    this.#resampler.close();
  }
}

/** A whole recording at another rate. */
export function atRate(pcm: Int16Array, rates: { fromHz: number; toHz: number }): Int16Array {
  const converter = new RateConverter(rates);
  const whole = joined([converter.push(pcm), converter.flush()]);
  converter.close();
  return whole;
}
