import { plainDetail } from '#protocol/detail.ts';
import type { ProblemCode } from '#protocol/problems.ts';
import type { SoundEdge } from '../latency/sound-gate.ts';
import { Playback } from '../playback/playback.ts';
import { isPluggedIn } from '../playback/speaker.ts';
import type { ConversationState, Problem } from './state.ts';

export interface SoundListener {
  changed(state: Partial<Pick<ConversationState, 'sound' | 'volume' | 'speakerId'>>): void;
  report(problem: Problem): void;
  clear(...codes: ProblemCode[]): void;
  replySound(edge: SoundEdge): void;
}

/** What the person hears by: loudness, speaker, and whether the browser lets any sound through. */
export class SoundOutput {
  readonly playback: Playback;
  readonly #listener: SoundListener;
  #speakerId = 'default';

  constructor(listener: SoundListener) {
    this.#listener = listener;
    this.playback = new Playback({
      locked: (locked) => this.#locked(locked),
      replySound: (edge) => listener.replySound(edge),
    });
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    devices?.addEventListener('devicechange', () => void this.#checkSpeaker());
  }

  async chooseSpeaker(deviceId: string): Promise<void> {
    try {
      await this.playback.chooseSpeaker(deviceId);
      this.#listener.clear('speaker_unavailable');
      this.#use(deviceId);
    } catch (error) {
      await this.#useDefault(plainDetail(error));
    }
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
  }

  async #checkSpeaker(): Promise<void> {
    if (!(await isPluggedIn('audiooutput', this.#speakerId))) {
      await this.#useDefault('It was unplugged.');
    }
  }

  async #useDefault(detail: string): Promise<void> {
    await this.playback.chooseSpeaker('default').catch(() => undefined);
    this.#use('default');
    this.#listener.report({ code: 'speaker_unavailable', detail });
  }

  #use(speakerId: string): void {
    this.#speakerId = speakerId;
    this.#listener.changed({ speakerId });
  }
}
