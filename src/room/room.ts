import { Room, type RoomOptions } from 'livekit-client';

// In livekit-client 2.23 what this registry holds for a room holds the room itself, by the scope that its closures share, so
// no room is ever given back. Without the registry a room takes its listener away when it is disconnected.
Room.cleanupRegistry = false;

/** A room to join. The release makes the browser forget one that was never joined as well. */
export function newRoom(options: RoomOptions): { room: Room; release: () => void } {
  const room = new Room(options);
  const listener = room['handleDeviceChange'] as () => void;
  return {
    room,
    release: () => {
      // Not there on a page that came over plain HTTP.
      if ('mediaDevices' in navigator) {
        navigator.mediaDevices.removeEventListener('devicechange', listener);
      }
    },
  };
}
