import { ConnectionError, type Room } from 'livekit-client';
import type { RoomTarget } from '../conversation/state.ts';

/** Joins a room; rejects with what LiveKit says if that fails. */
export async function connectRoom(
  room: Room,
  target: RoomTarget,
  signal: AbortSignal,
): Promise<void> {
  let stranger = false as boolean;
  void isNoLiveKitServer(target, signal).then((found) => {
    stranger = found;
    // livekit-client 2.23 asks a server that answers 404 again and again without a pause or an end.
    if (found) void room.disconnect();
  });
  try {
    await room.connect(target.serverUrl, target.token);
  } catch (error) {
    throw stranger ? ConnectionError.serverUnreachable('No LiveKit server answers there.') : error;
  }
}

/** True only if something answers at this address, and it does not know LiveKit's paths. */
async function isNoLiveKitServer(target: RoomTarget, signal: AbortSignal): Promise<boolean> {
  try {
    const url = new URL(target.serverUrl.replace(/^ws/, 'http'));
    url.pathname = `${url.pathname.replace(/\/$/, '')}/rtc/validate`;
    url.searchParams.set('access_token', target.token);
    const response = await fetch(url, { signal });
    // A LiveKit server has a 404 of its own, for a room that may not be made.
    return response.status === 404 && !(await response.text()).includes('room does not exist');
  } catch {
    return false;
  }
}
