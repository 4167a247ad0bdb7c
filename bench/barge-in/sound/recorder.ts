import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

const channels = 2;
const bytesPerFrame = 2 * channels;

/** Both channels of a room, on one clock, in 16-bit samples. */
export interface Recording {
  readonly microphone: Int16Array;
  readonly speaker: Int16Array;
}

/** Takes down what a room sounds like, for as long as it runs. */
export class Recorder {
  readonly #program: ChildProcessByStdio<null, Readable, null>;
  readonly #parts: Buffer[] = [];
  readonly #startedAtMs: { value: number } = { value: Infinity };
  readonly #rateHz: number;
  #bytes = 0;

  private constructor(program: ChildProcessByStdio<null, Readable, null>, rateHz: number) {
    this.#program = program;
    this.#rateHz = rateHz;
    program.stdout.on('data', (part: Buffer) => this.#take(part));
  }

  /** Resolves with the first sound. */
  static async start(
    program: ChildProcessByStdio<null, Readable, null>,
    rateHz = 48_000,
  ): Promise<Recorder> {
    const recorder = new Recorder(program, rateHz);
    await once(program.stdout, 'data');
    return recorder;
  }

  /** How many samples of each channel there are by now. */
  get length(): number {
    return Math.floor(this.#bytes / bytesPerFrame);
  }

  /** The wall clock of the first sample, in ms: as late as the quickest of all parts allows. */
  get startedAtMs(): number {
    return this.#startedAtMs.value;
  }

  /** The last so many samples of the speaker, or as many as there are. */
  recentSpeaker(samples: number): Int16Array {
    const wanted = samples * bytesPerFrame;
    const parts: Buffer[] = [];
    let found = 0;
    for (let index = this.#parts.length - 1; index >= 0 && found < wanted; index -= 1) {
      const part = this.#parts[index];
      if (!part) break;
      parts.unshift(part);
      found += part.length;
    }
    // A part may end in the middle of a frame.
    const end = found - (this.#bytes % bytesPerFrame);
    return channel(Buffer.concat(parts).subarray(Math.max(0, end - wanted), end), 1);
  }

  /** Ends the recording and gives it. */
  async stop(): Promise<Recording> {
    const gone = once(this.#program, 'close');
    this.#program.kill('SIGINT');
    await gone;
    const bytes = Buffer.concat(this.#parts);
    return { microphone: channel(bytes, 0), speaker: channel(bytes, 1) };
  }

  #take(part: Buffer): void {
    this.#parts.push(part);
    this.#bytes += part.length;
    const recordedMs = (this.length / this.#rateHz) * 1000;
    this.#startedAtMs.value = Math.min(this.#startedAtMs.value, Date.now() - recordedMs);
  }
}

function channel(bytes: Buffer, index: number): Int16Array {
  return Int16Array.from({ length: Math.floor(bytes.length / bytesPerFrame) }, (_, frame) =>
    bytes.readInt16LE(frame * bytesPerFrame + 2 * index),
  );
}
