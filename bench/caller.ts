import { setTimeout as delay } from 'node:timers/promises';
import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  ParticipantKind,
  Room,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { recordedRateHz } from '../e2e/fixtures/spoken/recordings.ts';
import { tokenResponse } from '../protocol/token.ts';
import type { RunningStack } from './running-stack.ts';

/** Of the spoken questions. */
export const microphoneHz = recordedRateHz;
/** A whole number of samples at that rate; half a sample more in each frame would be refused. */
const frameMs = 20;
const headerBytes = 44;
const answerLimitMs = 12_000;
const lookEveryMs = 20;
const mostTries = 3;

/** A person without a browser: joins as the page does, and speaks. */
export interface Caller {
  /** Says a 16-bit mono WAV and resolves when it has been answered. */
  ask(wav: Buffer): Promise<void>;
  leave(): Promise<void>;
}

/** Resolves when an assistant listens. */
export async function joinCaller({ pageUrl }: RunningStack, identity: string): Promise<Caller> {
  const response = await fetch(`${pageUrl}/api/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ participant_identity: identity }),
  });
  const { server_url, participant_token } = tokenResponse.parse(await response.json());
  const room = new Room();
  await room.connect(server_url, participant_token, { autoSubscribe: true, dynacast: false });
  const source = new AudioSource(microphoneHz, 1, 200);
  const options = new TrackPublishOptions();
  options.source = TrackSource.SOURCE_MICROPHONE;
  await room.localParticipant?.publishTrack(
    LocalAudioTrack.createAudioTrack('microphone', source),
    options,
  );
  const microphone = new OpenMicrophone(source);
  await untilState(room, 'listening');
  return {
    async ask(wav) {
      // A question that was not understood as words gets no answer; a person would ask again.
      for (let tries = 1; ; tries += 1) {
        await microphone.play(wav);
        const answered = await untilState(room, 'speaking').then(
          () => true,
          () => false,
        );
        if (answered) break;
        if (tries === mostTries) throw new Error(`${identity} was not answered.`);
      }
      await untilState(room, 'listening');
    },
    async leave() {
      await microphone.close();
      await room.disconnect();
    },
  };
}

/** A microphone is never without sound: between questions it delivers silence, by which the listener finds their end. */
export class OpenMicrophone {
  readonly #source: AudioSource;
  readonly #finished: Promise<void>;
  #open = true;
  #due = new Int16Array();
  #onPlayed: (() => void) | undefined;

  constructor(source: AudioSource) {
    this.#source = source;
    this.#finished = this.#run();
  }

  /** Says a WAV of the microphone's rate in real time. Resolves with its last sample. */
  play(wav: Buffer): Promise<void> {
    const rateHz = wav.readUInt32LE(24);
    if (rateHz !== microphoneHz)
      throw new Error(`The speech has ${rateHz} Hz, not ${microphoneHz}.`);
    const samples = (wav.length - headerBytes) / 2;
    this.#due = Int16Array.from({ length: samples }, (_, i) =>
      wav.readInt16LE(headerBytes + i * 2),
    );
    return new Promise((resolve) => {
      this.#onPlayed = resolve;
    });
  }

  async close(): Promise<void> {
    this.#open = false;
    await this.#finished;
  }

  async #run(): Promise<void> {
    const perFrame = Math.round((microphoneHz * frameMs) / 1000);
    let dueAtMs = performance.now();
    while (this.#open) {
      const pcm = new Int16Array(perFrame);
      pcm.set(this.#due.subarray(0, perFrame));
      this.#due = this.#due.subarray(perFrame);
      await this.#source.captureFrame(new AudioFrame(pcm, microphoneHz, 1, perFrame));
      if (this.#due.length === 0) {
        this.#onPlayed?.();
        this.#onPlayed = undefined;
      }
      dueAtMs += frameMs;
      await delay(Math.max(0, dueAtMs - performance.now()));
    }
  }
}

/** Looks again and again: rtc-node 0.13 brings attributes up to date without always saying so by its event. */
async function untilState(room: Room, state: string): Promise<void> {
  const isInState = (): boolean =>
    [...room.remoteParticipants.values()].some(
      ({ info, attributes }) =>
        info.kind === ParticipantKind.AGENT && attributes['lk.agent.state'] === state,
    );
  const deadlineMs = performance.now() + answerLimitMs;
  while (!isInState()) {
    if (performance.now() > deadlineMs) throw new Error(`The assistant was never ${state}.`);
    await delay(lookEveryMs);
  }
}
