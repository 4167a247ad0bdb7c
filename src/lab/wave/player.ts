export interface PlayerState {
  readonly playing: boolean;
  readonly unplayable: boolean;
}

/** Plays a recording, or a stretch of it, through the browser's own decoder. Holds the file while somebody looks on. */
export class Player {
  readonly #file: Blob;
  readonly #changed = new Set<() => void>();
  #audio: HTMLAudioElement | undefined;
  #state: PlayerState = { playing: false, unplayable: false };
  #onTime: ((atMs: number) => void) | undefined;
  #untilS = Infinity;
  #request = 0;

  constructor(file: Blob) {
    this.#file = file;
  }

  readonly state = (): PlayerState => this.#state;

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#changed.add(changed);
    this.#audio ??= this.#open();
    return () => {
      this.#changed.delete(changed);
      if (this.#changed.size === 0) this.#close();
    };
  };

  /** Tells one view where it is, with each picture while it plays. Returns the release. */
  follow(onTime: (atMs: number) => void): () => void {
    this.#onTime = onTime;
    onTime((this.#audio?.currentTime ?? 0) * 1000);
    return () => {
      if (this.#onTime === onTime) this.#onTime = undefined;
    };
  }

  /** From `fromMs`, or from where it is, to `untilMs` or the end. */
  play(fromMs?: number, untilMs = Infinity): void {
    if (!this.#audio) return;
    if (fromMs !== undefined) this.#audio.currentTime = fromMs / 1000;
    this.#untilS = untilMs / 1000;
    // A browser that cannot play it says so as an error of the element.
    this.#audio.play().catch(() => undefined);
  }

  pause(): void {
    this.#audio?.pause();
  }

  #open(): HTMLAudioElement {
    const audio = new Audio(URL.createObjectURL(this.#file));
    audio.onplay = () => {
      this.#set({ playing: true });
      this.#tick(audio);
    };
    audio.onpause = () => this.#set({ playing: false });
    audio.onerror = () => this.#set({ playing: false, unplayable: true });
    return audio;
  }

  #close(): void {
    cancelAnimationFrame(this.#request);
    const audio = this.#audio;
    if (!audio) return;
    this.#audio = undefined;
    this.#state = { playing: false, unplayable: false };
    audio.onplay = audio.onpause = audio.onerror = null;
    audio.pause();
    URL.revokeObjectURL(audio.src);
    audio.removeAttribute('src');
  }

  /** The element tells its time four times a second, which is too late for the end of a segment. */
  #tick(audio: HTMLAudioElement): void {
    cancelAnimationFrame(this.#request);
    this.#onTime?.(audio.currentTime * 1000);
    if (audio.paused) return;
    if (audio.currentTime >= this.#untilS) {
      audio.pause();
      return;
    }
    this.#request = requestAnimationFrame(() => this.#tick(audio));
  }

  #set(change: Partial<PlayerState>): void {
    this.#state = { ...this.#state, ...change };
    for (const changed of this.#changed) changed();
  }
}
