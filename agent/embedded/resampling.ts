import { AudioFrame, AudioResampler } from '@livekit/rtc-node';

/** Turns frames of any rate and channel count, which may change on the way, into mono PCM of one rate. */
export class MonoResampler {
  readonly #outputRateHz: number;
  #resampler: AudioResampler | undefined;

  constructor(outputRateHz: number) {
    this.#outputRateHz = outputRateHz;
  }

  /** The samples that are ready with this frame; the resampler holds a few ms back. */
  push(frame: AudioFrame): Int16Array[] {
    const mono = downmixed(frame);
    if (frame.sampleRate === this.#outputRateHz) return [mono];
    return this.#for(frame.sampleRate)
      .push(new AudioFrame(mono, frame.sampleRate, 1, mono.length))
      .map(({ data }) => data);
  }

  /** What was held back at the end of the input. */
  flush(): Int16Array[] {
    return this.#resampler?.flush().map(({ data }) => data) ?? [];
  }

  /** Frees native memory. */
  close(): void {
    this.#resampler?.close();
    this.#resampler = undefined;
  }

  #for(inputRateHz: number): AudioResampler {
    if (this.#resampler?.inputRate !== inputRateHz) {
      this.#resampler?.close();
      this.#resampler = new AudioResampler(inputRateHz, this.#outputRateHz);
    }
    return this.#resampler;
  }
}

/** A copy with a buffer of its own: the resampler reads a frame's whole buffer, whatever part the frame shows. */
function downmixed({ data, channels, samplesPerChannel }: AudioFrame): Int16Array {
  if (channels === 1) return data.slice();
  return Int16Array.from({ length: samplesPerChannel }, (_, index) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++)
      sum += data[index * channels + channel] ?? 0;
    return Math.round(sum / channels);
  });
}
