import { AudioFrame } from '@livekit/rtc-node';
import { mostHeldMs } from '#protocol/turn.ts';

/** What is heard of the microphone: all of it, or in its place silence, or nothing at all. */
type GatePosition = 'open' | 'silent' | 'shut';

/** Sound from just before the gate opened is let through: the request to open comes later than the first word. */
const preRollMs = 250;

interface Kept {
  readonly frame: AudioFrame;
  readonly atMs: number;
}

/** Lets frames of the microphone through, or not. Pure but for the clock that it is given. */
export class MicrophoneGate {
  #position: GatePosition = 'open';
  #kept: Kept[] = [];
  #passedMs = 0;
  /** Sound from this time on is let through, though it came before the gate was opened. */
  #heardFromMs = 0;
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** How much sound has come since the gate was to be open, in ms. */
  get passedMs(): number {
    return this.#passedMs;
  }

  /** A gate that is opened late, by so many ms, lets through what came meanwhile. */
  move(position: GatePosition, lateMs = 0): void {
    if (position === 'open' && this.#position !== 'open') {
      const nowMs = this.#now();
      this.#heardFromMs = nowMs - lateMs - preRollMs;
      this.#passedMs = this.#kept
        .filter(({ atMs }) => atMs > nowMs - lateMs)
        .reduce((sum, { frame }) => sum + lengthMs(frame), 0);
    }
    this.#position = position;
  }

  /** What is to be heard of this frame and, when the gate has just opened, of the last before it. */
  pass(frame: AudioFrame): AudioFrame[] {
    if (this.#position === 'open') {
      const early = this.#kept.filter(({ atMs }) => atMs > this.#heardFromMs);
      this.#kept = [];
      this.#passedMs += lengthMs(frame);
      return [...early.map((kept) => kept.frame), frame];
    }
    this.#keep(frame);
    return this.#position === 'silent' ? [silenceLike(frame)] : [];
  }

  /** The same for a stream of frames. */
  through(frames: ReadableStream<AudioFrame>): ReadableStream<AudioFrame> {
    return frames.pipeThrough(
      new TransformStream<AudioFrame, AudioFrame>({
        transform: (frame, controller) => {
          for (const heard of this.pass(frame)) controller.enqueue(heard);
        },
      }),
    );
  }

  #keep(frame: AudioFrame): void {
    this.#kept.push({ frame, atMs: this.#now() });
    const most = Math.ceil((mostHeldMs + preRollMs) / lengthMs(frame));
    while (this.#kept.length > most) this.#kept.shift();
  }
}

function lengthMs({ samplesPerChannel, sampleRate }: AudioFrame): number {
  return (samplesPerChannel / sampleRate) * 1000;
}

function silenceLike({ data, sampleRate, channels, samplesPerChannel }: AudioFrame): AudioFrame {
  return new AudioFrame(new Int16Array(data.length), sampleRate, channels, samplesPerChannel);
}
