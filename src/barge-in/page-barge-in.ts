import type { LocalAudioTrack } from 'livekit-client';
import type { Playback } from '../playback/playback.ts';
import type { Detector } from '../vad/detector.ts';
import type { DetectorEvent, WatchedFrame } from '../vad/messages.ts';
import { countVerdict, noBargeIn, type BargeInCounts } from './counts.ts';
import type { Sensitivity } from './policy.ts';

export interface BargeInHost {
  /** The person has cut in for good: the reply is to be dropped. The voice is lowered already. */
  confirmed(): void;
  /** The detector cannot run here; the assistant's own has to do. */
  failed(detail: string): void;
  /** The microphone delivers nothing at all, or does again. */
  silent(silent: boolean): void;
  counted(counts: BargeInCounts): void;
  /** The person begins or ends to speak, or does as before. */
  speech(news: SpeechNews): void;
}

export type SpeechNews = Extract<DetectorEvent, { kind: 'speech' }>;

/** Lets a person cut in by speaking, decided in this page. Loaded when somebody talks, and not before. */
export class PageBargeIn {
  readonly #playback: Playback;
  readonly #host: BargeInHost;
  #sensitivity: Sensitivity = 'normal';
  #detector: Promise<Detector | undefined> | undefined;
  #track: LocalAudioTrack | undefined;
  #release: (() => void) | undefined;
  #watcher: ((frame: WatchedFrame) => void) | undefined;
  #counts = noBargeIn;

  constructor(playback: Playback, host: BargeInHost) {
    this.#playback = playback;
    this.#host = host;
  }

  /** Takes hold of a track's present source; call it again when the source has changed. */
  async listenTo(track: LocalAudioTrack): Promise<void> {
    this.detach();
    this.#track = track;
    this.#detector ??= this.#start();
    const detector = await this.#detector;
    // Meanwhile another track may have come, or the call may have ended.
    if (!detector || this.#track !== track) return;
    this.#release = detector.listenTo(track.mediaStreamTrack);
  }

  detach(): void {
    this.#release?.();
    this.#release = undefined;
    this.#track = undefined;
    void this.#detector?.then((detector) => detector?.reset());
  }

  setSensitivity(sensitivity: Sensitivity): void {
    this.#sensitivity = sensitivity;
    void this.#detector?.then((detector) => detector?.setSensitivity(sensitivity));
  }

  /** Calls back with every frame until the release is called. One watcher at a time. */
  watch(watcher: (frame: WatchedFrame) => void): () => void {
    this.#watcher = watcher;
    void this.#detector?.then((detector) => detector?.watch(true));
    return () => {
      if (this.#watcher !== watcher) return;
      this.#watcher = undefined;
      void this.#detector?.then((detector) => detector?.watch(false));
    };
  }

  async #start(): Promise<Detector | undefined> {
    try {
      const { Detector } = await import('../vad/detector.ts');
      const detector = await Detector.start({
        context: this.#playback.context,
        sensitivity: this.#sensitivity,
        onEvent: (event) => this.#hear(event),
      });
      this.#playback.insert(detector.duck);
      if (this.#watcher) detector.watch(true);
      return detector;
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  #hear(event: DetectorEvent): void {
    switch (event.kind) {
      case 'verdict':
        if (event.verdict === 'confirm') this.#confirm();
        this.#counts = countVerdict(this.#counts, event);
        this.#host.counted(this.#counts);
        break;
      case 'failed':
        this.#fail(event.message);
        break;
      case 'silent':
        this.#host.silent(event.silent);
        break;
      case 'frame':
        this.#watcher?.(event.frame);
        break;
      case 'speech':
        this.#host.speech(event);
        break;
      case 'ready':
        break;
    }
  }

  #confirm(): void {
    // The page's own cut takes over before the detector lets go.
    this.#host.confirmed();
    void this.#detector?.then((detector) => detector?.reset());
  }

  #fail(detail: string): void {
    void this.#detector?.then((detector) => detector?.stop());
    this.#playback.insert(undefined);
    this.#host.failed(detail);
  }
}
