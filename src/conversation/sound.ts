import { plainDetail } from '#protocol/detail.ts';
import type { ProblemCode } from '#protocol/problems.ts';
import type { SoundEdge } from '../latency/sound-gate.ts';
import type { Mend, SoundFacts } from '../playback/audibility.ts';
import { Playback } from '../playback/playback.ts';
import { isPluggedIn, nameOfSpeaker } from '../playback/speaker.ts';
import type { ConversationState, Problem } from './state.ts';

export interface SoundListener {
  changed(state: Partial<Pick<ConversationState, 'sound' | 'volume' | 'speakerId'>>): void;
  report(problem: Problem): void;
  clear(...codes: ProblemCode[]): void;
  replySound(edge: SoundEdge): void;
}

/** Nobody needs it sooner, in ms, and before one can talk there is enough to fetch. */
const keeperAfterMs = 5000;
/** Whether a speaker that was chosen is still there is asked so often, in ms. */
const speakerLookEveryMs = 3000;

/** What the person hears by: loudness, speaker, and whether the browser lets any sound through. */
export class SoundOutput {
  readonly playback: Playback;
  readonly #listener: SoundListener;
  /** Where the person wants it, and where it is while that cannot be had. */
  #chosenId = 'default';
  #chosenName: string | undefined;
  #usedId = 'default';
  #nextSpeakerLookMs = 0;
  #turn: Promise<void> = Promise.resolve();
  #keeping: 'no' | 'soon' | 'yes' = 'no';

  constructor(listener: SoundListener) {
    this.#listener = listener;
    this.playback = new Playback({
      locked: (locked) => this.#locked(locked),
      replySound: (edge) => listener.replySound(edge),
      deviceFailed: () => void this.#checkSpeaker({ failed: true }),
    });
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    devices?.addEventListener('devicechange', () => void this.#checkSpeaker());
  }

  chooseSpeaker(deviceId: string): Promise<void> {
    this.#chosenId = deviceId;
    return this.#inTurn(async () => {
      // Of many that were chosen in haste, the last is meant.
      if (deviceId !== this.#chosenId) return;
      try {
        await this.playback.chooseSpeaker(deviceId);
        this.#use(deviceId);
        this.#listener.clear('speaker_unavailable');
        this.#chosenName = await nameOfSpeaker(deviceId).catch(() => undefined);
      } catch (error) {
        await this.#useDefault(plainDetail(error));
      }
    });
  }

  /** From 0 to 1; what lies beyond is taken for the nearest. */
  setVolume(volume: number): void {
    const within = Math.min(1, Math.max(0, volume));
    this.playback.setVolume(within);
    this.#listener.changed({ volume: within });
  }

  #locked(locked: boolean): void {
    this.#listener.changed({ sound: locked ? 'locked' : 'unlocked' });
    if (locked) this.#listener.report({ code: 'sound_blocked' });
    else this.#listener.clear('sound_blocked');
    this.#keepSoon();
  }

  /** From a while after the sound was asked for, until it is wanted no more. */
  #keepSoon(): void {
    if (this.#keeping !== 'no') return;
    this.#keeping = 'soon';
    setTimeout(() => {
      import('../playback/keeper.ts').then(
        ({ keepAudible }) => {
          this.#keeping = 'yes';
          const kept = { look: () => this.#look(), mend: (what: Mend) => this.#mend(what) };
          keepAudible(kept, () => (this.#keeping = 'no'));
        },
        // Without it there is sound all the same; it is asked for again with the next change.
        () => (this.#keeping = 'no'),
      );
    }, keeperAfterMs);
  }

  #look(): SoundFacts | undefined {
    this.#lookForSpeaker();
    const heard = this.playback.look();
    return heard && { ...heard, elsewhere: this.#usedId !== this.#chosenId };
  }

  /** Not every browser and sound server tell of a speaker that goes (Chromium on Linux does not without udev). */
  #lookForSpeaker(): void {
    if (this.#usedId === 'default' || performance.now() < this.#nextSpeakerLookMs) return;
    this.#nextSpeakerLookMs = performance.now() + speakerLookEveryMs;
    void this.#checkSpeaker();
  }

  #mend(what: Mend): void {
    if (what === 'speaker') void this.#checkSpeaker();
    else this.playback.mend(what);
  }

  /** Goes over to the default where the speaker is gone, and back once it is there again. */
  #checkSpeaker({ failed = false } = {}): Promise<void> {
    return this.#inTurn(async () => {
      const deviceId = this.#chosenId;
      const isThere = !failed && (await isPluggedIn('audiooutput', deviceId));
      if (this.#usedId === deviceId) {
        if (!isThere && deviceId !== 'default') await this.#useDefault(this.#whatIsGone);
      } else if (isThere) {
        await this.playback.chooseSpeaker(deviceId);
        this.#use(deviceId);
        this.#listener.clear('speaker_unavailable');
      }
    });
  }

  get #whatIsGone(): string {
    return this.#chosenName === undefined ? 'It is gone.' : `“${this.#chosenName}” is gone.`;
  }

  /** One change after the other, whatever becomes of each. */
  #inTurn(change: () => Promise<void>): Promise<void> {
    // What fails is tried again at the next look.
    this.#turn = this.#turn.then(change).catch(() => undefined);
    return this.#turn;
  }

  async #useDefault(detail: string): Promise<void> {
    await this.playback.chooseSpeaker('default').catch(() => undefined);
    this.#use('default');
    this.#listener.report({ code: 'speaker_unavailable', detail });
  }

  #use(speakerId: string): void {
    this.#usedId = speakerId;
    this.#listener.changed({ speakerId });
  }
}
