import { setTimeout as delay } from 'node:timers/promises';
import {
  AudioSource,
  LocalAudioTrack,
  ParticipantKind,
  Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { tokenResponse } from '../../protocol/token.ts';
import { agentStateAttribute } from '../../protocol/topics.ts';
import { microphoneHz, OpenMicrophone } from '../caller.ts';
import { silentTailMs } from '../silent-tail.ts';
import { Ear } from './ear.ts';
import { KeptPast } from './past.ts';

/** A turn without an answer for so long, in ms, has failed. */
const answerLimitMs = 15_000;
/** An answer is over when nothing was heard for so long, in ms: longer than any pause between its sentences. */
const answerOverMs = 1500;
const longestAnswerMs = 30_000;
const arrivalLimitMs = 60_000;
const lookEveryMs = 20;
/** As a page does it: who replaces one that was lost gets a moment to come unasked, and is then sent for. */
const successionMs = 500;
const sendAgainMs = 3000;
const recallTries = 10;

/** One stay of the assistant, as a caller saw it end. */
export interface Loss {
  readonly lostAtMs: number;
  /** From then until another one listened. */
  readonly backMs: number;
  /** Whether the other one had to be told what was said. */
  readonly told: boolean;
}

/** Of all of them together. */
export function lossesOf(people: readonly Person[]): Loss[] {
  return people.flatMap(({ losses }) => losses);
}

/** Somebody who talks with an assistant of their own, and who does what a page would: sends for another, and tells it. */
export class Person {
  readonly losses: Loss[] = [];
  /** When the first sound of each answer came, on the clock of `performance.now()`. */
  readonly answeredAtMs: number[] = [];
  readonly past: KeptPast;
  readonly #room = new Room();
  readonly #ear: Ear;
  readonly #pageUrl: string;
  #token = '';
  #microphone: OpenMicrophone | undefined;
  #leaving = false;
  #replaced = Promise.resolve();

  private constructor(pageUrl: string) {
    this.#pageUrl = pageUrl;
    this.#ear = new Ear(this.#room);
    this.past = new KeptPast(this.#room);
  }

  /** Resolves when an assistant listens. */
  static async join(pageUrl: string, identity: string): Promise<Person> {
    const person = new Person(pageUrl);
    await person.#enter(identity);
    return person;
  }

  /** Resolves with the ms from the last loud sample of a 16-bit mono WAV to the first sound of its answer, if it got one. */
  async ask(wav: Buffer): Promise<number | undefined> {
    if (!this.#microphone) throw new Error('Who is not in a room cannot ask.');
    await this.#ear.untilQuiet(answerOverMs, longestAnswerMs);
    // A page says that its assistant is gone, and nobody talks to it then.
    await this.#replaced;
    await this.#microphone.play(wav);
    const endedAtMs = performance.now() - silentTailMs(wav);
    const tookMs = await this.#ear.firstSound(endedAtMs, answerLimitMs);
    if (tookMs === undefined) return undefined;
    this.answeredAtMs.push(endedAtMs + tookMs);
    await this.#ear.untilQuiet(answerOverMs, longestAnswerMs);
    return tookMs;
  }

  async leave(): Promise<void> {
    this.#leaving = true;
    await this.#microphone?.close();
    await this.#room.disconnect();
  }

  async #enter(identity: string): Promise<void> {
    const response = await fetch(`${this.#pageUrl}/api/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ participant_identity: identity }),
    });
    const { server_url, participant_token } = tokenResponse.parse(await response.json());
    this.#token = participant_token;
    await this.#room.connect(server_url, participant_token, {
      autoSubscribe: true,
      dynacast: false,
    });
    const source = new AudioSource(microphoneHz, 1, 200);
    const options = new TrackPublishOptions();
    options.source = TrackSource.SOURCE_MICROPHONE;
    await this.#room.localParticipant?.publishTrack(
      LocalAudioTrack.createAudioTrack('microphone', source),
      options,
    );
    this.#microphone = new OpenMicrophone(source);
    await this.#untilListening();
    this.#room.on(RoomEvent.ParticipantDisconnected, ({ info }) => {
      if (info.kind === ParticipantKind.AGENT && !this.#leaving) this.#replaced = this.#replace();
    });
  }

  async #replace(): Promise<void> {
    const lostAtMs = performance.now();
    await delay(successionMs);
    let sentAtMs = -Infinity;
    while (!this.#leaving && !this.#isListening()) {
      if (performance.now() - sentAtMs > sendAgainMs) {
        sentAtMs = performance.now();
        await fetch(`${this.#pageUrl}/api/dispatch`, {
          method: 'POST',
          headers: { authorization: `Bearer ${this.#token}` },
        }).catch(() => undefined);
      }
      await delay(lookEveryMs);
    }
    if (this.#leaving) return;
    const backMs = performance.now() - lostAtMs;
    this.losses.push({ lostAtMs, backMs, told: await this.#tellOfPast() });
  }

  /** An assistant that has just come takes no calls yet. */
  async #tellOfPast(): Promise<boolean> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.past.tell();
      } catch (error) {
        if (tries === recallTries) throw error;
        await delay(200);
      }
    }
  }

  /** Looks again and again: rtc-node 0.13 brings attributes up to date without always saying so by its event. */
  async #untilListening(): Promise<void> {
    const deadlineMs = performance.now() + arrivalLimitMs;
    while (!this.#isListening()) {
      if (performance.now() > deadlineMs) throw new Error('No assistant came.');
      await delay(lookEveryMs);
    }
  }

  #isListening(): boolean {
    return [...this.#room.remoteParticipants.values()].some(
      ({ info, attributes }) =>
        info.kind === ParticipantKind.AGENT && attributes[agentStateAttribute] === 'listening',
    );
  }
}
