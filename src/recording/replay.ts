import { createStore, type StoreApi } from 'zustand/vanilla';
import { readSound } from '../history/sound-archive.ts';
import { joinSound, type JoinedSound } from './joined-sound.ts';
import { leadMs } from './row-heard.ts';
import { recordedMs, type SoundRecord } from './sound-record.ts';
import { momentOf, soundMsOf } from './sound-times.ts';

/** How fast a replay can be. */
export const rates = [0.75, 1, 1.25, 1.5, 2] as const;
export type Rate = (typeof rates)[number];

export interface ReplayState {
  readonly sound: 'closed' | 'opening' | 'open' | 'unreadable';
  readonly playing: boolean;
  /** Into the sound, in ms. */
  readonly atMs: number;
  readonly lengthMs: number;
  readonly rate: Rate;
  /** When that which is heard was said, in ms since the epoch; undefined before anything was played. */
  readonly momentMs: number | undefined;
}

/** Plays the sound of a kept conversation. It is read when it is first wanted, and let go with `close`. No method rejects. */
export class Replay {
  readonly store: StoreApi<ReplayState>;
  readonly #record: SoundRecord;
  #opening: Promise<JoinedSound | undefined> | undefined;
  #joined: JoinedSound | undefined;
  #audio: HTMLAudioElement | undefined;

  constructor(record: SoundRecord) {
    this.#record = record;
    this.store = createStore((): ReplayState => ({
      sound: 'closed',
      playing: false,
      atMs: 0,
      lengthMs: recordedMs(record),
      rate: 1,
      momentMs: undefined,
    }));
  }

  /** Whether a moment of the conversation, in ms since the epoch, can be heard, as far as is known unread. */
  has(momentMs: number): boolean {
    const { stretches } = this.#record;
    return stretches.some(
      ({ startedAtMs, endedAtMs }) => momentMs >= startedAtMs - leadMs && momentMs < endedAtMs,
    );
  }

  async toggle(): Promise<void> {
    if (this.store.getState().playing) this.#audio?.pause();
    else if (await this.#open()) this.#play();
  }

  /** From this moment of the conversation on, in ms since the epoch. */
  async playFrom(momentMs: number): Promise<void> {
    const joined = await this.#open();
    const soundMs = joined && soundMsOf(joined.stretches, momentMs - leadMs);
    if (soundMs === undefined) return;
    this.#seek(soundMs);
    this.#play();
  }

  /** To a place in the sound, in ms. */
  async seek(soundMs: number): Promise<void> {
    this.store.setState({ atMs: soundMs });
    if (await this.#open()) this.#seek(soundMs);
  }

  async skip(byMs: number): Promise<void> {
    await this.seek(this.store.getState().atMs + byMs);
  }

  setRate(rate: Rate): void {
    this.store.setState({ rate });
    if (this.#audio) this.#audio.playbackRate = rate;
  }

  /** The sound as a file; undefined if it cannot be read. */
  async file(): Promise<Blob | undefined> {
    return (await this.#open())?.file;
  }

  close(): void {
    const audio = this.#audio;
    this.#opening = undefined;
    this.#joined = undefined;
    this.#audio = undefined;
    this.store.setState({ sound: 'closed', playing: false });
    if (!audio) return;
    audio.pause();
    URL.revokeObjectURL(audio.src);
    audio.removeAttribute('src');
  }

  #open(): Promise<JoinedSound | undefined> {
    this.#opening ??= this.#read();
    return this.#opening;
  }

  async #read(): Promise<JoinedSound | undefined> {
    this.store.setState({ sound: 'opening' });
    const opening = (): boolean => this.store.getState().sound === 'opening';
    try {
      const kept = await readSound(this.#record.conversationId);
      if (!kept) throw new Error('The sound is gone.');
      const joined = await joinSound(kept);
      // Closed meanwhile.
      if (!opening()) return undefined;
      this.#joined = joined;
      this.#audio = this.#elementOf(joined);
      this.store.setState({ sound: 'open', lengthMs: joined.lengthMs });
      return joined;
    } catch {
      if (opening()) this.store.setState({ sound: 'unreadable' });
      return undefined;
    }
  }

  #elementOf({ file }: JoinedSound): HTMLAudioElement {
    const audio = new Audio(URL.createObjectURL(file));
    audio.playbackRate = this.store.getState().rate;
    const told = (act: () => void) => (): void => {
      if (audio === this.#audio) act();
    };
    audio.onplay = told(() => this.store.setState({ playing: true }));
    audio.onpause = told(() => this.store.setState({ playing: false }));
    audio.ontimeupdate = told(() => this.#tell(audio.currentTime * 1000));
    audio.onerror = told(() => this.store.setState({ sound: 'unreadable', playing: false }));
    return audio;
  }

  #play(): void {
    // A browser that cannot play it says so as an error of the element.
    this.#audio?.play().catch(() => undefined);
  }

  #seek(soundMs: number): void {
    const { lengthMs } = this.store.getState();
    const withinMs = Math.min(lengthMs, Math.max(0, soundMs));
    if (this.#audio) this.#audio.currentTime = withinMs / 1000;
    this.#tell(withinMs);
  }

  #tell(atMs: number): void {
    const momentMs = this.#joined && momentOf(this.#joined.stretches, atMs);
    this.store.setState({ atMs, momentMs });
  }
}
