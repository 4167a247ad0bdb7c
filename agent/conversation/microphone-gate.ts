import { AudioFrame } from '@livekit/rtc-node';

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
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** How much sound has come since the gate was opened, in ms. */
  get passedMs(): number {
    return this.#passedMs;
  }

  move(position: GatePosition): void {
    if (position === 'open' && this.#position !== 'open') this.#passedMs = 0;
    this.#position = position;
  }

  /** What is to be heard of this frame and, when the gate has just opened, of the last before it. */
  pass(frame: AudioFrame): AudioFrame[] {
    if (this.#position === 'open') {
      const fresh = this.#now() - preRollMs;
      const early = this.#kept.filter(({ atMs }) => atMs >= fresh).map((kept) => kept.frame);
      this.#kept = [];
      this.#passedMs += lengthMs(frame);
      return [...early, frame];
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
    const most = Math.ceil(preRollMs / lengthMs(frame));
    if (this.#kept.length > most) this.#kept = this.#kept.slice(-most);
  }
}

function lengthMs({ samplesPerChannel, sampleRate }: AudioFrame): number {
  return (samplesPerChannel / sampleRate) * 1000;
}

function silenceLike({ data, sampleRate, channels, samplesPerChannel }: AudioFrame): AudioFrame {
  return new AudioFrame(new Int16Array(data.length), sampleRate, channels, samplesPerChannel);
}
