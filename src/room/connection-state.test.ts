import { ConnectionState } from 'livekit-client';
import { describe, expect, it } from 'vitest';
import { callInRoom } from './connection-state.ts';

const stay = { sinceMs: 1000, roomName: 'room-1' };

describe('the call in a room', () => {
  it('goes on through every kind of reconnecting, with the time it began', () => {
    const shown = [
      ConnectionState.Connected,
      ConnectionState.SignalReconnecting,
      ConnectionState.Reconnecting,
      ConnectionState.Connected,
    ].map((state) => callInRoom(state, stay));
    expect(shown).toEqual([
      { kind: 'connected', ...stay },
      { kind: 'reconnecting', ...stay },
      { kind: 'reconnecting', ...stay },
      { kind: 'connected', ...stay },
    ]);
  });

  it('is not said to be over before its reason is known', () => {
    expect(callInRoom(ConnectionState.Disconnected, stay)).toBeUndefined();
  });
});
