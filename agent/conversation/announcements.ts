import type { voice } from '@livekit/agents';
import type { SampleRequest } from '#protocol/settings.ts';
import { sayRing } from '../skills/timing.ts';
import type { TimerState } from '../skills/timers.ts';
import { readingOut } from '../voice/sample.ts';
import type { Voices } from '../voice/voices.ts';
import type { Answering } from './answering.ts';
import { Impossible, impossible } from './remote-control.ts';

interface AnnouncementsOptions {
  readonly session: voice.AgentSession;
  readonly voices: Voices;
  readonly answering: () => Answering;
  /** What is said first, as things stand when it is said; nothing while it is not known yet. */
  readonly opening: () => Opening | undefined;
}

export interface Opening {
  /** Empty to begin in silence. */
  readonly words: string;
  /** Whether they belong to the conversation. */
  readonly counts: boolean;
}

const sampleSentence = 'This is how I sound when I talk with you.';

/** What the assistant says without being asked: hello, that a timer rings, that it has lost its voice. */
export class Announcements {
  readonly #options: AnnouncementsOptions;
  #opening: voice.SpeechHandle | undefined;
  #opened = false;

  constructor(options: AnnouncementsOptions) {
    this.#options = options;
  }

  /** Says hello, once. */
  open(): void {
    const { session, answering, opening: openingNow } = this.#options;
    const opening = this.#opened ? undefined : openingNow();
    if (!opening) return;
    this.#opened = true;
    const { words, counts } = opening;
    const { voice, settings } = answering();
    if (!words || settings.mode === 'captions') return;
    this.#opening =
      voice.kind === 'pipeline'
        ? session.say(words, { addToChatCtx: counts })
        : session.generateReply({ instructions: readingOut(words, settings.language) });
  }

  /** Somebody else is about to take over: a hello that is cut short by it will be said again. */
  expectSuccessor(): void {
    if (this.#opening?.done() === false) this.#opened = false;
  }

  /** What is lost is gone for good, and the embedded engine has taken its place. */
  carryOnWithout(name: string): void {
    const words = `I cannot reach ${name}. I go on with what this machine can do by itself.`;
    this.#options.session.say(words, { addToChatCtx: false });
  }

  ring(timer: TimerState): void {
    const words = sayRing(timer);
    const { session, voices } = this.#options;
    session.say(words, { audio: voices.ring(words) });
  }

  /** Lets a voice be heard once `interrupt` has made room for it. Throws `Impossible` if it cannot be had. */
  async sample(
    { provider, voice: name }: SampleRequest,
    interrupt: () => Promise<unknown>,
  ): Promise<void> {
    const { session, voices, answering } = this.#options;
    const { settings, refused } = answering().trial(provider, name);
    if (refused[0]) throw new Impossible(refused[0].reason);
    const audio = await voices.sample(settings, sampleSentence).catch(impossible);
    await interrupt();
    session.say(sampleSentence, { audio, addToChatCtx: false });
  }
}
