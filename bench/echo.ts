import {
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  Room,
  RoomEvent,
  TrackKind,
  TrackPublishOptions,
  TrackSource,
  dispose,
} from '@livekit/rtc-node';
import { AccessToken } from 'livekit-server-sdk';
import { developmentKeys } from '../e2e/stack/stack.ts';

const rateHz = 48_000;

/**
 * An agent that answers each frame of sound with the same frame. What a page measures of it is the way there and back
 * alone: capture, network, jitter buffers, playback. The returned function takes it out of the room.
 */
export async function joinEcho(livekitUrl: string, room: string): Promise<() => Promise<void>> {
  const token = new AccessToken(developmentKeys.key, developmentKeys.secret, { identity: 'echo' });
  token.kind = 'agent';
  token.addGrant({
    roomJoin: true,
    room,
    canPublish: true,
    canSubscribe: true,
    canUpdateOwnMetadata: true,
    agent: true,
  });
  const connection = new Room();
  const source = new AudioSource(rateHz, 1, 100);
  connection.on(RoomEvent.TrackSubscribed, (track) => {
    if (track.kind !== TrackKind.KIND_AUDIO) return;
    void (async () => {
      for await (const frame of new AudioStream(track, rateHz, 1)) await source.captureFrame(frame);
    })();
  });
  await connection.connect(livekitUrl, await token.toJwt(), {
    autoSubscribe: true,
    dynacast: false,
  });
  const options = new TrackPublishOptions();
  options.source = TrackSource.SOURCE_MICROPHONE;
  await connection.localParticipant?.publishTrack(
    LocalAudioTrack.createAudioTrack('echo', source),
    options,
  );
  await connection.localParticipant?.setAttributes({ 'lk.agent.state': 'listening' });
  return async () => {
    await connection.disconnect();
    await dispose();
  };
}
