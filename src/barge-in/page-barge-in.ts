import type { LocalAudioTrack } from 'livekit-client';
import { isBackchannel } from '#protocol/backchannel.ts';
import { freshen } from '../microphone/freshen.ts';
import { openUntreated } from '../microphone/untreated.ts';
import type { Playback } from '../playback/playback.ts';
import type { DetectorOptions, SpeechDetector } from '../vad/detecting.ts';
import type { DetectorEvent, WatchedFrame } from '../vad/messages.ts';
import { countVerdict, noBargeIn, type BargeInCounts } from './counts.ts';
import type { Sensitivity } from './policy.ts';

export interface BargeInHost {
  /** The person has cut in for good: the reply is to be dropped. The voice is lowered already. */
  confirmed(): void;
  /** The detector cannot run beside the page. `instead`: in the page, or nowhere, so that the assistant's own has to do. */
  failed(instead: 'in the page' | 'nowhere', detail: string): void;
  /** The microphone delivers nothing at all, or does again. */
  silent(silent: boolean): void;
  counted(counts: BargeInCounts): void;
  /** The person begins or ends to speak, or does as before. */
  speech(news: SpeechNews): void;
}

export type SpeechNews = Extract<DetectorEvent, { kind: 'speech' }>;

/** Beside the page if that can be, or else in it. */
const places = {
  beside: async (options: DetectorOptions): Promise<SpeechDetector> =>
    (await import('../vad/detector.ts')).Detector.start(options),
  inPage: async (options: DetectorOptions): Promise<SpeechDetector> =>
    (await import('../vad/page-detector.ts')).PageDetector.start(options),
};

/** Lets a person cut in by speaking, decided in this page. Loaded when somebody talks, and not before. */
export class PageBargeIn {
  readonly #playback: Playback;
  readonly #host: BargeInHost;
  #sensitivity: Sensitivity = 'normal';
  #place: keyof typeof places = 'beside';
  #detector: Promise<SpeechDetector | undefined> | undefined;
  #track: LocalAudioTrack | undefined;
  #release: (() => void) | undefined;
  readonly #watchers = new Set<(frame: WatchedFrame) => void>();
  #overhearing = false;
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
    const starting = this.#detector;
    const detector = await starting;
    // Meanwhile another track or another detector may have come, or the call may have ended.
    if (!detector || this.#track !== track || this.#detector !== starting) return;
    try {
      const source = track.mediaStreamTrack;
      const release = detector.listenTo(source);
      const releaseUntreated = listenToUntreated(detector, source);
      this.#release = () => {
        release();
        releaseUntreated();
      };
    } catch (error) {
      this.#fail(messageOf(error));
    }
  }

  detach(): void {
    this.#release?.();
    this.#release = undefined;
    this.#track = undefined;
    this.reset();
  }

  /** What was going on is over: a reply was dropped, or the microphone opens anew. */
  reset(): void {
    void this.#detector?.then((detector) => detector?.reset());
  }

  /** Takes what the assistant has understood so far of what the person says; a mere sign of listening cuts nothing. */
  hearWords(text: string): void {
    if (!isBackchannel(text)) void this.#detector?.then((detector) => detector?.hearWords());
  }

  setSensitivity(sensitivity: Sensitivity): void {
    this.#sensitivity = sensitivity;
    void this.#detector?.then((detector) => detector?.setSensitivity(sensitivity));
  }

  /** Calls back with every frame until the release is called. */
  watch(watcher: (frame: WatchedFrame) => void): () => void {
    this.#watchers.add(watcher);
    this.#tellFrames();
    return () => {
      this.#watchers.delete(watcher);
      this.#tellFrames();
    };
  }

  /** Listens to another track until the release is called, without acting on it or telling the assistant of it. */
  async overhear(track: MediaStreamTrack): Promise<(() => void) | undefined> {
    const starting = this.#detector;
    const detector = await starting;
    if (!detector || this.#detector !== starting) return undefined;
    this.#release?.();
    this.#overhearing = true;
    detector.setSensitivity('off');
    const release = detector.listenTo(track);
    return () => {
      release();
      this.#overhearing = false;
      detector.setSensitivity(this.#sensitivity);
      if (this.#track) void this.listenTo(this.#track);
    };
  }

  #tellFrames(): void {
    void this.#detector?.then((detector) => detector?.watch(this.#watchers.size > 0));
  }

  async #start(): Promise<SpeechDetector | undefined> {
    const place = this.#place;
    try {
      const detector = await places[place]({
        context: this.#playback.context,
        sensitivity: this.#sensitivity,
        // Nothing counts any more of a detector that has been replaced.
        onEvent: (event) => {
          if (place === this.#place) this.#hear(event);
        },
      });
      this.#playback.insert(detector.duck, () => detector.dropHeld());
      detector.watch(this.#watchers.size > 0);
      return detector;
    } catch (error) {
      return this.#startElsewhere(messageOf(error));
    }
  }

  #startElsewhere(detail: string): Promise<SpeechDetector | undefined> {
    if (this.#place === 'inPage') {
      this.#host.failed('nowhere', detail);
      return Promise.resolve(undefined);
    }
    this.#place = 'inPage';
    this.#host.failed('in the page', detail);
    return this.#start();
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
        for (const watcher of this.#watchers) watcher(event.frame);
        break;
      case 'speech':
        if (!this.#overhearing) this.#host.speech(event);
        break;
      case 'backlog':
        if (!this.#overhearing) this.#freshen();
        break;
      case 'ready':
      case 'alive':
        break;
    }
  }

  #freshen(): void {
    const track = this.#track?.mediaStreamTrack;
    // A track that has ended meanwhile, or whose device was taken away, is opened anew by others.
    if (track) freshen(track).catch(() => undefined);
  }

  #confirm(): void {
    // The page's own cut takes over before the detector lets go.
    this.#host.confirmed();
    this.reset();
  }

  #fail(detail: string): void {
    const track = this.#track;
    void this.#detector?.then((detector) => detector?.stop());
    this.#playback.insert(undefined);
    this.#detector = this.#startElsewhere(detail);
    if (track) void this.listenTo(track);
  }
}

/** Has the detector hear the microphone untreated as well, as soon as and where the browser gives it. Returns the release. */
function listenToUntreated(detector: SpeechDetector, track: MediaStreamTrack): () => void {
  let released = false;
  let release: (() => void) | undefined;
  const listen = async (): Promise<void> => {
    const untreated = detector.listenToUntreated && (await openUntreated(track));
    if (!untreated) return;
    if (released) {
      untreated.stop();
      return;
    }
    const stopListening = detector.listenToUntreated(untreated);
    release = () => {
      stopListening();
      untreated.stop();
    };
  };
  // Without it the detector hears as much as before.
  listen().catch(() => undefined);
  return () => {
    released = true;
    release?.();
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
