import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { AgentDispatchClient, RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { join as joinRoom } from '../../server/testing/join.ts';
import { runLivekit, type RunningLivekit } from '../../server/testing/livekit.ts';
import { Replacement } from './replacement.ts';

let running: RunningLivekit;
let livekit: RunningLivekit['environment']['livekit'];
let rooms: RoomServiceClient;
let dispatches: AgentDispatchClient;

beforeAll(async () => {
  running = await runLivekit();
  ({ livekit } = running.environment);
  const url = livekit.url.replace(/^ws/, 'http');
  rooms = new RoomServiceClient(url, livekit.apiKey, livekit.apiSecret);
  dispatches = new AgentDispatchClient(url, livekit.apiKey, livekit.apiSecret);
}, 300_000);

afterAll(() => running.stop());

const join = (room: string, who: 'person' | 'assistant'): ReturnType<typeof joinRoom> =>
  joinRoom(livekit, room, who);

const callsInto = async (room: string): Promise<number> =>
  (await dispatches.listDispatch(room)).length;

describe('a worker that has just begun', () => {
  it('sends for an assistant where LiveKit called one in the moment before, and nobody came', async () => {
    // A second try of the test is not to find the rooms of the first.
    const [waiting, arriving, served] = [randomUUID(), randomUUID(), randomUUID()];
    await Promise.all([waiting, arriving, served].map((room) => join(room, 'person')));
    await join(served, 'assistant');
    // By LiveKit itself, as the room was made.
    await vi.waitFor(async () => expect(await callsInto(waiting)).toBe(1));
    const sent = new Replacement({ livekit, agentName: '' }).whereNobodyCame();
    await join(arriving, 'assistant');
    expect(await sent).toBe(1);
    expect(await callsInto(waiting)).toBe(2);
    expect(await callsInto(arriving)).toBe(1);
    expect(await callsInto(served)).toBe(1);
  }, 20_000);

  it('goes nowhere unasked where it has a name', async () => {
    await join('by-name', 'person');
    expect(await new Replacement({ livekit, agentName: 'parley' }).whereNobodyCame()).toBe(0);
  });
});

describe('a job that is lost', () => {
  it('is ended, leaves the room, and another is sent for, although its own call is no older', async () => {
    await Promise.all([join('lost', 'person'), join('lost', 'assistant')]);
    const job = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const ended = once(job, 'exit');
    const lost = { pid: job.pid ?? 0, room: 'lost', identity: 'assistant', how: 'hung' } as const;
    expect(await new Replacement({ livekit, agentName: '' }).of(lost)).toBe(true);
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect((await rooms.listParticipants('lost')).map(({ identity }) => identity)).toEqual([
      'person',
    ]);
    expect(await callsInto('lost')).toBe(2);
  }, 20_000);

  it('is not replaced where it was alone', async () => {
    await join('left', 'assistant');
    const lost = { pid: 0, room: 'left', identity: 'assistant', how: 'crashed' } as const;
    expect(await new Replacement({ livekit, agentName: '' }).of(lost)).toBe(false);
  });
});
