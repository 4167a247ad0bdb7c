import type { Room } from '@livekit/rtc-node';

/** A session leaves its audio track behind; a person who comes back would find two. */
export async function unpublishTracks({ localParticipant, isConnected }: Room): Promise<void> {
  if (!localParticipant || !isConnected) return;
  const tracks = [...localParticipant.trackPublications.keys()];
  await Promise.all(tracks.map((sid) => localParticipant.unpublishTrack(sid)));
}
