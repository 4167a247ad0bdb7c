/** A track of the room on its way into the audio graph. */
export class PlayedTrack {
  readonly #context: AudioContext;
  readonly #stream: MediaStream;
  /** Whether sound is arriving for it now, as the connection tells. */
  readonly #arrives: () => boolean;
  /** Of our own, because the room unmutes the elements that are attached to its tracks. */
  readonly #element = new Audio();
  readonly #probe: AnalyserNode;
  readonly #samples: Float32Array<ArrayBuffer>;
  #source: MediaStreamAudioSourceNode;

  constructor(
    track: MediaStreamTrack,
    {
      context,
      target,
      arrives,
    }: { context: AudioContext; target: AudioNode; arrives: () => boolean },
  ) {
    this.#context = context;
    this.#arrives = arrives;
    this.#stream = new MediaStream([track]);
    this.#probe = new AnalyserNode(context, { fftSize: 2048 });
    // The sound passes through it, so that every browser has it measured.
    this.#probe.connect(target);
    this.#samples = new Float32Array(this.#probe.fftSize);
    this.#source = this.#join();
    // Chromium feeds a remote stream into WebAudio only while an element plays it: https://crbug.com/933677
    this.#element.muted = true;
    this.#element.srcObject = this.#stream;
    this.play();
  }

  get paused(): boolean {
    return this.#element.paused;
  }

  /** Sound arrives, and the graph has none of it. */
  get starved(): boolean {
    if (!this.#arrives()) return false;
    this.#probe.getFloatTimeDomainData(this.#samples);
    return this.#samples.every((sample) => sample === 0);
  }

  play(): void {
    this.#element.play().catch(() => undefined);
  }

  /** Takes the track into the graph anew. */
  rejoin(): void {
    this.#source.disconnect();
    this.#source = this.#join();
  }

  stop(): void {
    this.#source.disconnect();
    this.#probe.disconnect();
    this.#element.srcObject = null;
  }

  #join(): MediaStreamAudioSourceNode {
    const source = this.#context.createMediaStreamSource(this.#stream);
    source.connect(this.#probe);
    return source;
  }
}
