/**
 * The least page that LiveKit's own guide asks for: joins, sends the microphone, plays what comes. Nothing in it decides
 * when a person cuts in, so all of that is left to the agent.
 */
import { Room, RoomEvent, Track } from 'livekit-client';

const options = new URLSearchParams(location.hash.slice(1));

document.querySelector('button')?.addEventListener('click', () => {
  void join(options.get('url') ?? '', options.get('token') ?? '');
});

async function join(url: string, token: string): Promise<void> {
  const room = new Room();
  room.on(RoomEvent.TrackSubscribed, (track) => {
    if (track.kind === Track.Kind.Audio) document.body.append(track.attach());
  });
  await room.connect(url, token);
  await room.localParticipant.setMicrophoneEnabled(true);
  document.title = 'joined';
}
