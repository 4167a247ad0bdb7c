import { ConnectionState } from 'livekit-client';
import type { Call } from '../conversation/state.ts';

/** How a joined room's connection shows to the person; undefined once it is gone, for then its reason tells. */
export function callInRoom(
  state: ConnectionState,
  { sinceMs, roomName }: { sinceMs: number; roomName: string },
): Call | undefined {
  switch (state) {
    case ConnectionState.Connected:
      return { kind: 'connected', sinceMs, roomName };
    case ConnectionState.Connecting:
    case ConnectionState.Reconnecting:
    // Sound may still flow, but nobody who comes or goes is seen.
    case ConnectionState.SignalReconnecting:
      return { kind: 'reconnecting', sinceMs, roomName };
    case ConnectionState.Disconnected:
      return undefined;
  }
}
