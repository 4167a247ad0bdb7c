import { AudioFrame, AudioResampler } from '@livekit/rtc-node';
import { encodeSamples, rateHz, type AudioFormat } from './formats.ts';

/** A piece of sound as it goes into `input_audio_buffer.append`. */
export interface EncodedAudio {
  readonly base64: string;
  readonly durationMs: number;
}

/** Smaller frames are put together up to this; larger ones go at once, so that nothing waits. */
const leastMs = 20;

/** Turns what the room gives, of any rate and channel count, into what was agreed with the service. */
export class InputAudio {
  readonly #format: AudioFormat;
  #resampler: { inputRateHz: number; resampler: AudioResampler } | undefined;
  #waiting: Int16Array[] = [];
  #waitingSamples = 0;

  constructor(format: AudioFormat) {
    this.#format = format;
  }

  /** What is ready to be sent with this frame. */
  push(frame: AudioFrame): EncodedAudio | undefined {
    for (const samples of this.#resampled(frame)) {
      this.#waiting.push(samples);
      this.#waitingSamples += samples.length;
    }
    const durationMs = (this.#waitingSamples / rateHz(this.#format)) * 1000;
    return durationMs < leastMs ? undefined : this.flush();
  }

  /** What is left. The resampler's own few ms stay in it: sound goes on after a turn. */
  flush(): EncodedAudio | undefined {
    if (this.#waitingSamples === 0) return undefined;
    const samples = new Int16Array(this.#waitingSamples);
    let at = 0;
    for (const piece of this.#waiting) {
      samples.set(piece, at);
      at += piece.length;
    }
    this.clear();
    return {
      base64: encodeSamples(samples, this.#format).toString('base64'),
      durationMs: (samples.length / rateHz(this.#format)) * 1000,
    };
  }

  clear(): void {
    this.#waiting = [];
    this.#waitingSamples = 0;
  }

  /** Frees native memory. */
  close(): void {
    this.#resampler?.resampler.close();
    this.#resampler = undefined;
    this.clear();
  }

  #resampled(frame: AudioFrame): Int16Array[] {
    const mono = downmixed(frame);
    const outputRateHz = rateHz(this.#format);
    if (frame.sampleRate === outputRateHz) return [mono];
    if (this.#resampler?.inputRateHz !== frame.sampleRate) {
      this.#resampler?.resampler.close();
      this.#resampler = {
        inputRateHz: frame.sampleRate,
        resampler: new AudioResampler(frame.sampleRate, outputRateHz, 1),
      };
    }
    return this.#resampler.resampler
      .push(new AudioFrame(mono, frame.sampleRate, 1, mono.length))
      .map(({ data }) => data);
  }
}

/** A copy with a buffer of its own: the resampler reads a frame's whole buffer, whatever part the frame shows. */
function downmixed({ data, channels, samplesPerChannel }: AudioFrame): Int16Array {
  if (channels === 1) return data.slice();
  return Int16Array.from({ length: samplesPerChannel }, (_, index) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1)
      sum += data[index * channels + channel] ?? 0;
    return Math.round(sum / channels);
  });
}
