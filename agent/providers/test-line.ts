import { voice } from '@livekit/agents';
import { ReadableStream, type ReadableStreamDefaultController } from 'node:stream/web';
import { AudioFrame } from '@livekit/rtc-node';

/** Of the sound that a room gives to a session, mono. */
export const lineRateHz = 24_000;
/** As long as the frames that a room gives. */
const frameMs = 10;
const frameLength = (lineRateHz / 1000) * frameMs;

interface Queued {
  readonly frame: Int16Array;
  readonly onGiven: (() => void) | undefined;
}

/** A microphone that is always open: silence, and speech in its real time. */
export class Microphone extends voice.AudioInput {
  readonly #queue: Queued[] = [];
  readonly #timer: NodeJS.Timeout;
  #sent = 0;

  constructor() {
    super();
    const beganAt = performance.now();
    let controller: ReadableStreamDefaultController<AudioFrame> | undefined;
    this.multiStream.addInputStream(
      new ReadableStream<AudioFrame>({ start: (made) => void (controller = made) }),
    );
    this.#timer = setInterval(() => {
      while (this.#sent * frameMs < performance.now() - beganAt) {
        this.#sent += 1;
        const next = this.#queue.shift();
        const data = next?.frame ?? new Int16Array(frameLength);
        controller?.enqueue(new AudioFrame(data, lineRateHz, 1, frameLength));
        next?.onGiven?.();
      }
    }, frameMs);
  }

  /** Mono PCM at `lineRateHz`. Calls back at the moment in which the last of it has been given to the session. */
  play(pcm: Int16Array, onGiven: () => void): void {
    // The silence that fills up a frame comes first, so that the last frame ends with the last sample.
    const rest = pcm.length % frameLength;
    const first = rest === 0 ? 0 : rest - frameLength;
    for (let at = first; at < pcm.length; at += frameLength) {
      const frame = new Int16Array(frameLength);
      frame.set(pcm.subarray(Math.max(0, at), at + frameLength), Math.max(0, -at));
      const isLast = at + frameLength >= pcm.length;
      this.#queue.push({ frame, onGiven: isLast ? onGiven : undefined });
    }
  }

  override async close(): Promise<void> {
    clearInterval(this.#timer);
    await super.close();
  }
}

/** A loudspeaker without sound that takes as long as a real one. */
export class Loudspeaker extends voice.AudioOutput {
  #startedAt = 0;
  #queuedMs = 0;
  #end: NodeJS.Timeout | undefined;
  /** Sound that was played in all, in ms. */
  playedMs = 0;
  /** How far each reply that was cut had come, in ms. */
  readonly cutsMs: number[] = [];

  constructor() {
    super(lineRateHz);
  }

  get playing(): boolean {
    return this.#queuedMs > 0;
  }

  /** How far the reply that is being played has come, in ms. */
  get positionMs(): number {
    return Math.min(this.#queuedMs, performance.now() - this.#startedAt);
  }

  override async captureFrame(frame: AudioFrame): Promise<void> {
    await super.captureFrame(frame);
    if (this.#queuedMs === 0) {
      this.#startedAt = performance.now();
      this.onPlaybackStarted(Date.now());
    }
    this.#queuedMs += (frame.samplesPerChannel / frame.sampleRate) * 1000;
  }

  override flush(): void {
    super.flush();
    if (this.#queuedMs === 0) return;
    const leftMs = this.#startedAt + this.#queuedMs - performance.now();
    clearTimeout(this.#end);
    this.#end = setTimeout(() => this.#finish(this.#queuedMs, false), Math.max(0, leftMs));
  }

  override clearBuffer(): void {
    if (this.#queuedMs === 0) return;
    this.cutsMs.push(this.positionMs);
    this.#finish(this.positionMs, true);
  }

  #finish(positionMs: number, interrupted: boolean): void {
    clearTimeout(this.#end);
    this.#queuedMs = 0;
    this.playedMs += positionMs;
    this.onPlaybackFinished({ playbackPosition: positionMs / 1000, interrupted });
  }
}
