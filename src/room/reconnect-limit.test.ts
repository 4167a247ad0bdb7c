import { ConnectionState, Room, RoomEvent } from 'livekit-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { limitReconnecting, reconnectLimitMs } from './reconnect-limit.ts';

const { Connected, SignalReconnecting, Reconnecting } = ConnectionState;

let room: Room;
let told: number;
let release: () => void;

const enter = (state: ConnectionState): unknown =>
  room.emit(RoomEvent.ConnectionStateChanged, state);

beforeEach(() => {
  vi.useFakeTimers();
  room = new Room();
  told = 0;
  release = limitReconnecting(room, () => (told += 1));
});

afterEach(() => {
  release();
  vi.useRealTimers();
});

test('counts from the first sign, however often the way to reconnect changes, and tells once', () => {
  enter(SignalReconnecting);
  vi.advanceTimersByTime(reconnectLimitMs - 1000);
  enter(Reconnecting);
  enter(SignalReconnecting);
  vi.advanceTimersByTime(999);
  expect(told).toBe(0);
  vi.advanceTimersByTime(1);
  expect(told).toBe(1);
  vi.advanceTimersByTime(10 * reconnectLimitMs);
  expect(told).toBe(1);
});

test('begins anew after a connection that came back', () => {
  enter(SignalReconnecting);
  vi.advanceTimersByTime(reconnectLimitMs - 1);
  enter(Connected);
  vi.advanceTimersByTime(reconnectLimitMs);
  enter(Reconnecting);
  vi.advanceTimersByTime(reconnectLimitMs - 1);
  expect(told).toBe(0);
  vi.advanceTimersByTime(1);
  expect(told).toBe(1);
});

test('says nothing of a stay that is over', () => {
  enter(Reconnecting);
  release();
  enter(Reconnecting);
  vi.advanceTimersByTime(2 * reconnectLimitMs);
  expect(told).toBe(0);
});
