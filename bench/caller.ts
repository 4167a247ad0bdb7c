import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  ParticipantKind,
  Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { tokenResponse } from '../protocol/token.ts';
import type { RunningStack } from './running-stack.ts';

/** A whole number of samples at the rates that speech comes in; half a sample more in each frame would be refused. */
const frameMs = 20;
const headerBytes = 44;
const answerLimitMs = 12_000;
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
  const source = new AudioSource(22_050, 1, 200);
  const options = new TrackPublishOptions();
  options.source = TrackSource.SOURCE_MICROPHONE;
  await room.localParticipant?.publishTrack(
    LocalAudioTrack.createAudioTrack('microphone', source),
    options,
  );
  await untilState(room, 'listening');
  return {
    async ask(wav) {
      // A question that was not understood as words gets no answer; a person would ask again.
      for (let tries = 1; ; tries += 1) {
        const answering = untilState(room, 'speaking').then(
          () => true,
          () => false,
        );
        await speak(source, wav);
        if (await answering) break;
        if (tries === mostTries) throw new Error(`${identity} was not answered.`);
      }
      await untilState(room, 'listening');
    },
    leave: () => room.disconnect(),
  };
}

/** In real time, with a second of silence after it, as a microphone delivers it. */
async function speak(source: AudioSource, wav: Buffer): Promise<void> {
  const rateHz = wav.readUInt32LE(24);
  const perFrame = Math.round((rateHz * frameMs) / 1000);
  const samples = (wav.length - headerBytes) / 2;
  let dueAtMs = performance.now();
  for (let first = 0; first < samples + rateHz; first += perFrame) {
    const pcm = new Int16Array(perFrame);
    for (let i = 0; i < perFrame && first + i < samples; i += 1) {
      pcm[i] = wav.readInt16LE(headerBytes + (first + i) * 2);
    }
    await source.captureFrame(new AudioFrame(pcm, rateHz, 1, perFrame));
    dueAtMs += frameMs;
    await delay(Math.max(0, dueAtMs - performance.now()));
  }
}

async function untilState(room: Room, state: string): Promise<void> {
  const isInState = (): boolean =>
    [...room.remoteParticipants.values()].some(
      ({ info, attributes }) =>
        info.kind === ParticipantKind.AGENT && attributes['lk.agent.state'] === state,
    );
  const signal = AbortSignal.timeout(answerLimitMs);
  while (!isInState()) await once(room, RoomEvent.ParticipantAttributesChanged, { signal });
}
