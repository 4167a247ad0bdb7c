import { voice as voices } from '@livekit/agents';
import type { Room } from '@livekit/rtc-node';
import { PageSpeech } from '../gate/page-speech.ts';
import type { Eyes } from '../providers/eyes.ts';
import { encode } from './encoding.ts';
import { Pace } from './pace.ts';
import { SharedTrack } from './shared-track.ts';

/** How often it is asked whether it is time for another look, in ms. */
const askEveryMs = 200;
/** Whoever shares something and asks at once waits so long for its first frame, in ms, and no longer. */
const firstFrameMs = 1500;

interface SightOptions {
  readonly room: Room;
  readonly identity: string;
  readonly session: voices.AgentSession;
  /** Those of whatever answers now; undefined where it cannot see. */
  readonly eyes: () => Eyes | undefined;
  /** Told where a picture could not be made. */
  readonly onError: (error: unknown) => void;
}

/** Lets whatever answers see the screen or the camera that the person shares, as often as is of use. */
export class Sight {
  readonly #options: SightOptions;
  readonly #pace = new Pace();
  readonly #track: SharedTrack;
  readonly #page: PageSpeech;
  #pageHears = false;
  #sessionHears = false;
  #eyes: Eyes | undefined;
  #looking: Promise<void> | undefined;

  constructor(options: SightOptions) {
    this.#options = options;
    this.#track = new SharedTrack(options.room, options.identity, () => {
      this.#pace.reset();
      this.#eyes?.forget();
    });
    this.#page = new PageSpeech({
      started: () => this.#hears(true),
      stopped: () => this.#hears(false),
      present: (present) => {
        if (!present) this.#hears(false);
      },
    });
  }

  /** Begins to look, where something is shared. Returns the release. */
  begin(): () => void {
    const { room, identity, session } = this.#options;
    const { UserStateChanged } = voices.AgentSessionEventTypes;
    const follow = ({ newState }: voices.UserStateChangedEvent): void => {
      this.#sessionHears = newState === 'speaking';
    };
    session.on(UserStateChanged, follow);
    const deafen = this.#page.follow(room, identity);
    const leave = this.#track.follow();
    const timer = setInterval(() => this.#ask(), askEveryMs);
    this.settle();
    return () => {
      clearInterval(timer);
      leave();
      deafen();
      session.off(UserStateChanged, follow);
    };
  }

  /** To be called whenever something else answers. */
  settle(): void {
    const eyes = this.#options.eyes();
    if (eyes === this.#eyes) return;
    this.#eyes = eyes;
    this.#pace.reset();
    this.#track.want(eyes !== undefined);
  }

  /** Shows what is to be seen now, before something is asked about it in writing. Never rejects. */
  async glance(): Promise<void> {
    await this.#track.arrived(firstFrameMs);
    await this.#looking;
    if (this.#eyes && this.#pace.mayShow(this.#eyes, Date.now())) await this.#look();
  }

  #hears(speech: boolean): void {
    this.#pageHears = speech;
    if (speech) this.#ask();
  }

  #ask(): void {
    const { newest } = this.#track;
    if (!newest || !this.#eyes) return;
    const isSpeaking = this.#pageHears || this.#sessionHears;
    const now = { frame: newest.frame, isSpeaking, atMs: Date.now() };
    if (this.#pace.isDue(this.#eyes, now)) void this.#look();
  }

  #isSeenBy(eyes: Eyes): boolean {
    return this.#eyes === eyes && this.#track.newest !== undefined;
  }

  /** One at a time: what comes meanwhile is not waited for but left out. */
  #look(): Promise<void> {
    this.#looking ??= this.#show().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #show(): Promise<void> {
    const seen = this.#track.newest;
    const eyes = this.#eyes;
    if (!seen || !eyes) return;
    this.#pace.shown(seen.frame, Date.now());
    try {
      const picture = await encode(seen);
      // It may have been taken away meanwhile.
      if (this.#isSeenBy(eyes)) eyes.see(picture);
    } catch (error) {
      this.#options.onError(error);
    }
  }
}
