import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchJobs, type LostJob } from './job-watch.ts';
import { beatMs, beginPulse } from './pulse.ts';

const notAlone = (): boolean => false;
const job = { pid: process.pid, room: 'kitchen', identity: 'agent-1' };

describe('the watch over jobs', () => {
  const socketPath = join(tmpdir(), `parley-pulse-${randomUUID().slice(0, 8)}.sock`);
  let lost: LostJob[];
  let quiet: number;
  let watch: { close(): Promise<void> };

  beforeEach(async () => {
    lost = [];
    quiet = 0;
    watch = await watchJobs(socketPath, {
      lost: (it) => lost.push(it),
      nobodyTalks: () => (quiet += 1),
    });
  });
  afterEach(() => watch.close());

  it('misses at once a job that ends without a farewell', async () => {
    const socket = connect(socketPath);
    socket.write(`${JSON.stringify(job)}\n..`);
    socket.end();
    await vi.waitFor(() => expect(lost).toEqual([{ ...job, how: 'crashed' }]));
  });

  it('does not miss one that took its leave', async () => {
    await beginPulse(socketPath, job, notAlone)();
    const other = connect(socketPath);
    other.end(`${JSON.stringify({ ...job, room: 'garden' })}\n`);
    await vi.waitFor(() => expect(lost).toHaveLength(1));
    expect(lost).toMatchObject([{ room: 'garden' }]);
  });

  it('tells when the last one is gone, and not before', async () => {
    const farewells = [
      beginPulse(socketPath, job, notAlone),
      beginPulse(socketPath, job, notAlone),
    ];
    for (const farewell of farewells) {
      expect(quiet).toBe(0);
      await farewell();
    }
    await vi.waitFor(() => expect(quiet).toBe(1));
  });

  it('tells when nobody is left in any room, although the jobs stay', async () => {
    let kitchenIsEmpty = false;
    let gardenIsEmpty = false;
    const farewells = [
      beginPulse(socketPath, job, () => kitchenIsEmpty),
      beginPulse(socketPath, { ...job, room: 'garden' }, () => gardenIsEmpty),
    ];
    kitchenIsEmpty = true;
    const beats = vi.waitFor(() => expect(quiet).toBeGreaterThan(0), { timeout: 2 * beatMs });
    await expect(beats).rejects.toThrow();
    gardenIsEmpty = true;
    await vi.waitFor(() => expect(quiet).toBe(1), { timeout: 4 * beatMs });
    for (const farewell of farewells) await farewell();
  });

  it('misses one that is there and does nothing, and not one that beats', async () => {
    const farewell = beginPulse(socketPath, job, notAlone);
    const hung = connect(socketPath);
    // No process of the system's has this number, so none is seen at work.
    hung.write(`${JSON.stringify({ ...job, pid: 2 ** 30, identity: 'agent-2' })}\n`);
    await vi.waitFor(() => expect(lost).toMatchObject([{ identity: 'agent-2', how: 'hung' }]), {
      timeout: 8000,
    });
    await farewell();
  }, 10_000);

  it.each(['no json\n', '{"pid":1}\n', 'x'.repeat(3000)])(
    'hears no job in %j',
    async (introduction) => {
      const stranger = connect(socketPath);
      const closed = new Promise((resolve) => stranger.once('close', resolve));
      stranger.on('error', () => undefined);
      stranger.write(introduction);
      await closed;
      expect(lost).toEqual([]);
    },
  );
});
