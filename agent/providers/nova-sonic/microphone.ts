import { AudioFrame, AudioResampler } from '@livekit/rtc-node';
import { inputRateHz } from './wire/input-events.ts';

/**
 * Smaller frames are put together up to this, 20 ms; what is there by then goes as it is. The resampler gives some 33 ms at
 * a time: cut to any one length, its last words would wait for the next.
 */
const leastSamples = 320;
/** A longer frame is cut, 64 ms. */
const mostSamples = 1024;
/**
 * In a long quiet, pieces of 96 ms do: each is signed and sent by itself, which costs as much for a short one. The first loud
 * frame takes along what waits, so nobody is heard later for it.
 */
const quietSamples = 1536;
/** The service has found the end of a turn by then, in ms. */
const longQuietMs = 2500;
/** A microphone may be late by this much, in ms, before silence takes its place. */
const latenessMs = 200;
/** Root mean square of a chunk from which on somebody may be speaking: about −42 dBFS. */
const loudRms = 260;
const silence = new Int16Array(quietSamples);
const silenceMs = (silence.length / inputRateHz) * 1000;

/**
 * Turns frames of any rate into the even stream that the service wants, and goes on with silence where no frames come
 * (muted, gated, no microphone): without audio the service ends the session.
 */
export class Microphone {
  readonly #onChunk: (pcm: Int16Array) => void;
  #resampler: AudioResampler | undefined;
  #waiting = new Int16Array(0);
  /** Until when audio has been handed on, on the clock of `performance.now()`. */
  #fedUntilMs = performance.now();
  #loudAtMs = -Infinity;

  /** `onChunk` gets mono PCM at 16 kHz. */
  constructor(onChunk: (pcm: Int16Array) => void) {
    this.#onChunk = onChunk;
  }

  /** For how long nothing loud was heard, in ms. */
  get quietMs(): number {
    return performance.now() - this.#loudAtMs;
  }

  push(frame: AudioFrame): void {
    for (const pcm of this.#resampled(frame)) this.#take(pcm);
    this.#fedUntilMs = Math.max(this.#fedUntilMs, performance.now());
  }

  /** Call it often, at least every 100 ms: fills up with silence what the microphone has left out. */
  fill(): void {
    const now = performance.now();
    if (now - this.#fedUntilMs < latenessMs) return;
    for (; this.#fedUntilMs + silenceMs <= now; this.#fedUntilMs += silenceMs)
      this.#onChunk(silence);
  }

  /** Frees native memory. */
  close(): void {
    this.#resampler?.close();
    this.#resampler = undefined;
  }

  #take(pcm: Int16Array): void {
    const all = new Int16Array(this.#waiting.length + pcm.length);
    all.set(this.#waiting);
    all.set(pcm, this.#waiting.length);
    if (rms(pcm) >= loudRms) this.#loudAtMs = performance.now();
    const isLongQuiet = this.quietMs > longQuietMs;
    const least = isLongQuiet ? quietSamples : leastSamples;
    const most = isLongQuiet ? quietSamples : mostSamples;
    let start = 0;
    while (all.length - start >= least) {
      const chunk = all.subarray(start, start + most);
      start += chunk.length;
      this.#onChunk(chunk);
    }
    this.#waiting = all.slice(start);
  }

  #resampled(frame: AudioFrame): Int16Array[] {
    const mono = mixedDown(frame);
    if (frame.sampleRate === inputRateHz) return [mono];
    if (this.#resampler?.inputRate !== frame.sampleRate) {
      this.#resampler?.close();
      this.#resampler = new AudioResampler(frame.sampleRate, inputRateHz, 1);
    }
    return this.#resampler
      .push(new AudioFrame(mono, frame.sampleRate, 1, mono.length))
      .map(({ data }) => data);
  }
}

/** A copy with a buffer of its own: the resampler reads the whole buffer, whatever part of it the frame shows. */
function mixedDown({ data, channels, samplesPerChannel }: AudioFrame): Int16Array {
  if (channels === 1) return data.slice();
  return Int16Array.from({ length: samplesPerChannel }, (_, index) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1) {
      sum += data[index * channels + channel] ?? 0;
    }
    return Math.round(sum / channels);
  });
}

function rms(pcm: Int16Array): number {
  let sum = 0;
  for (const sample of pcm) sum += sample * sample;
  return Math.sqrt(sum / pcm.length);
}
