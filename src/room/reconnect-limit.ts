import { ConnectionState, RoomEvent, type Room } from 'livekit-client';

/** Whatever LiveKit's client mends by itself, it has mended by then, in ms. */
export const reconnectLimitMs = 15_000;

/**
 * Says so once if a joined room has been reconnecting for too long. After a connection that closed in the midst of its
 * set-up, livekit-client 2.23 waits for it without end and tries nothing else; Firefox has such. To join anew helps
 * then, and is no worse where it is only the network that is away. Returns the release.
 */
export function limitReconnecting(room: Pick<Room, 'on' | 'off'>, over: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const changed = (state: ConnectionState): void => {
    if (state === ConnectionState.Connected || state === ConnectionState.Disconnected) stop();
    else timer ??= setTimeout(over, reconnectLimitMs);
  };
  room.on(RoomEvent.ConnectionStateChanged, changed);
  return () => {
    stop();
    room.off(RoomEvent.ConnectionStateChanged, changed);
  };
}
