import { initializeLogger } from '@livekit/agents';
import { RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { join } from '../../server/testing/join.ts';
import { runLivekit, type RunningLivekit } from '../../server/testing/livekit.ts';
import { isStillWanted } from './late-call.ts';

describe('a process that has just been given a room', () => {
  let running: RunningLivekit;
  let livekit: RunningLivekit['environment']['livekit'];
  let rooms: RoomServiceClient;

  beforeAll(async () => {
    initializeLogger({ pretty: false, level: 'silent' });
    running = await runLivekit();
    ({ livekit } = running.environment);
    const { url, apiKey, apiSecret } = livekit;
    rooms = new RoomServiceClient(url.replace(/^ws/, 'http'), apiKey, apiSecret);
  }, 300_000);

  afterAll(() => running.stop());

  it('is wanted while the room is there, also before anybody else', async () => {
    const room = await rooms.createRoom({ name: 'early' });
    expect(await isStillWanted(livekit, room)).toBe(true);
    await join(livekit, 'early', 'person');
    expect(await isStillWanted(livekit, room)).toBe(true);
  });

  it('is too late where the room has closed, and where another of its name was opened since', async () => {
    const room = await rooms.createRoom({ name: 'closed' });
    await rooms.deleteRoom('closed');
    expect(await isStillWanted(livekit, room)).toBe(false);
    await join(livekit, 'closed', 'person');
    expect(await isStillWanted(livekit, room)).toBe(false);
  });

  it('is one too many where an assistant is there, until that one leaves', async () => {
    const room = await rooms.createRoom({ name: 'served' });
    await join(livekit, 'served', 'person');
    const leave = await join(livekit, 'served', 'assistant');
    expect(await isStillWanted(livekit, room)).toBe(false);
    await leave();
    await vi.waitFor(async () => expect(await isStillWanted(livekit, room)).toBe(true), 5000);
  }, 20_000);

  it('is wanted where LiveKit cannot be asked', async () => {
    const nowhere = { ...livekit, url: 'ws://127.0.0.1:9' };
    expect(await isStillWanted(nowhere, { name: 'early', sid: 'RM_x' })).toBe(true);
  });
});
