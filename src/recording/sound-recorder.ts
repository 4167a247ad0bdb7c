/** Speech of two people is clear with this much, in bits per second. */
export const bitsPerSecond = 32_000;

/** A crash loses no more than this, in ms. */
const pieceMs = 2000;

/** A stretch ends after this long, in ms: clocks of sound cards and of machines drift apart by some 30 ms meanwhile. */
const stretchMs = 10 * 60 * 1000;

/** Both browsers write it, and to both it is the same. */
const mimeType = 'audio/webm;codecs=opus';

export interface RecordedPiece {
  /** When its stretch began, in ms since the epoch. */
  readonly startedAtMs: number;
  /** From 0 on. */
  readonly piece: number;
  /** When it came. */
  readonly atMs: number;
  readonly bytes: ArrayBuffer;
}

interface SoundRecorderOptions {
  readonly context: AudioContext;
  /** Leads what is heard of the assistant to a node until the release is called. */
  readonly lend: (target: AudioNode) => () => void;
  /** In their order, also after `stop`. */
  readonly onPiece: (piece: RecordedPiece) => void;
  readonly onFailed: (error: unknown) => void;
}

export function canRecord(): boolean {
  return 'MediaRecorder' in globalThis && MediaRecorder.isTypeSupported(mimeType);
}

/**
 * Records both sides as one stream of two channels: the person left, the assistant right. The page's memory holds no more
 * than a piece of it. Throws where the browser cannot.
 */
export class SoundRecorder {
  readonly #options: SoundRecorderOptions;
  readonly #sides: ChannelMergerNode;
  readonly #stream: MediaStream;
  readonly #returnAssistant: () => void;
  #person: { track: MediaStreamTrack; source: MediaStreamAudioSourceNode } | undefined;
  #recorder: MediaRecorder | undefined;
  #renewal: ReturnType<typeof setTimeout> | undefined;
  #handing: Promise<void> = Promise.resolve();
  #stalled: boolean;

  constructor(options: SoundRecorderOptions) {
    this.#options = options;
    const { context, lend } = options;
    const assistant = context.createGain();
    this.#sides = context.createChannelMerger(2);
    assistant.connect(this.#sides, 0, 1);
    const destination = context.createMediaStreamDestination();
    this.#sides.connect(destination);
    this.#stream = destination.stream;
    const giveBack = lend(assistant);
    this.#returnAssistant = () => {
      giveBack();
      assistant.disconnect();
    };
    this.#stalled = context.state !== 'running';
    context.addEventListener('statechange', this.#contextChanged);
    this.#begin();
  }

  /** What is sent of the person, from now on; undefined while nothing is. */
  hear(track: MediaStreamTrack | undefined): void {
    if (this.#person?.track === track) return;
    this.#person?.source.disconnect();
    this.#person = undefined;
    if (!track) return;
    const source = this.#options.context.createMediaStreamSource(new MediaStream([track]));
    source.connect(this.#sides, 0, 0);
    this.#person = { track, source };
  }

  /** Ends the recording. Resolves when its last piece has been handed over. */
  async stop(): Promise<void> {
    const { context } = this.#options;
    clearTimeout(this.#renewal);
    context.removeEventListener('statechange', this.#contextChanged);
    const recorder = this.#recorder;
    this.#recorder = undefined;
    if (recorder && recorder.state !== 'inactive') {
      await new Promise<void>((resolve) => {
        recorder.addEventListener('stop', () => resolve(), { once: true });
        recorder.stop();
      });
    }
    this.hear(undefined);
    this.#returnAssistant();
    this.#sides.disconnect();
    for (const track of this.#stream.getTracks()) track.stop();
    await this.#handing;
  }

  #begin(): void {
    const before = this.#recorder;
    const recorder = new MediaRecorder(this.#stream, {
      mimeType,
      audioBitsPerSecond: bitsPerSecond,
    });
    const startedAtMs = Date.now();
    let piece = 0;
    recorder.addEventListener('dataavailable', ({ data }) => {
      if (data.size === 0) return;
      this.#hand(data, { startedAtMs, piece, atMs: Date.now() });
      piece += 1;
    });
    recorder.addEventListener('error', (event) => {
      // Named by the specification, and missing in the DOM library's type.
      const { error } = event as Event & { error?: unknown };
      if (recorder === this.#recorder) this.#options.onFailed(error);
    });
    recorder.start(pieceMs);
    this.#recorder = recorder;
    // Only now, so that nothing is lost between the two.
    if (before && before.state !== 'inactive') before.stop();
    clearTimeout(this.#renewal);
    this.#renewal = setTimeout(() => this.#renew(), stretchMs);
  }

  #renew(): void {
    try {
      this.#begin();
    } catch (error) {
      this.#options.onFailed(error);
    }
  }

  #hand(data: Blob, piece: Omit<RecordedPiece, 'bytes'>): void {
    this.#handing = this.#handing
      .then(async () => this.#options.onPiece({ ...piece, bytes: await data.arrayBuffer() }))
      .catch((error: unknown) => this.#options.onFailed(error));
  }

  /** While the page's sound stands still nothing is recorded; what follows has to stand at its own time. */
  readonly #contextChanged = (): void => {
    const isRunning = this.#options.context.state === 'running';
    if (isRunning && this.#stalled) this.#renew();
    this.#stalled = !isRunning;
  };
}
