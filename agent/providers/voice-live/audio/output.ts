import { AudioFrame, AudioResampler } from '@livekit/rtc-node';
import { bytesPerSample, decodeSamples, rateHz, type AudioFormat } from './formats.ts';

/** All that is heard leaves here at this rate, whatever came over the wire. */
export const outputRateHz = 24_000;

/** The sound of one message, from the wire to frames. */
export class OutputAudio {
  readonly #format: AudioFormat;
  #resampler: AudioResampler | undefined;
  /** A delta may end in the middle of a sample. */
  #rest: Buffer = Buffer.alloc(0);
  #receivedSamples = 0;

  constructor(format: AudioFormat) {
    this.#format = format;
  }

  /** How much sound of this message has come. */
  get receivedMs(): number {
    return (this.#receivedSamples / rateHz(this.#format)) * 1000;
  }

  push(base64: string): AudioFrame[] {
    const bytes = Buffer.concat([this.#rest, Buffer.from(base64, 'base64')]);
    const whole = bytes.length - (bytes.length % bytesPerSample(this.#format));
    this.#rest = bytes.subarray(whole);
    const samples = decodeSamples(bytes.subarray(0, whole), this.#format);
    if (samples.length === 0) return [];
    this.#receivedSamples += samples.length;
    const inputRateHz = rateHz(this.#format);
    const frame = new AudioFrame(samples, inputRateHz, 1, samples.length);
    if (inputRateHz === outputRateHz) return [frame];
    this.#resampler ??= new AudioResampler(inputRateHz, outputRateHz, 1);
    return this.#resampler.push(frame);
  }

  /** What the resampler held back; frees its native memory. */
  end(): AudioFrame[] {
    const frames = this.#resampler?.flush() ?? [];
    this.close();
    return frames;
  }

  close(): void {
    this.#resampler?.close();
    this.#resampler = undefined;
  }
}
