import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Reserve, reserveSocketVariable } from './reserve.ts';

const hold = new URL('./hold.ts', import.meta.url).href;
const tsx = import.meta.resolve('tsx');

describe('a process that is begun for a later conversation', () => {
  let folder: string;
  let socketPath: string;
  let reserve: Reserve;
  const begun: ChildProcess[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-reserve-'));
    socketPath = join(tmpdir(), `parley-reserve-${randomUUID().slice(0, 8)}.sock`);
    await writeFile(join(folder, 'job.mjs'), `process.send('loaded');\nprocess.disconnect();\n`);
    reserve = await Reserve.on(socketPath, 60_000);
  });
  afterEach(async () => {
    for (const child of begun.splice(0)) child.kill('SIGKILL');
    await reserve.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Resolves to whether it came to load anything of its own before it ended. */
  function begin(): Promise<boolean> {
    const child = fork(join(folder, 'job.mjs'), {
      env: { ...process.env, [reserveSocketVariable]: socketPath },
      execArgv: ['--import', tsx, '--import', hold],
    });
    begun.push(child);
    let loaded = false;
    child.once('message', () => (loaded = true));
    return once(child, 'exit').then(() => loaded);
  }

  const untilHeld = (): Promise<void> => vi.waitFor(() => expect(reserve.held).toBe(1), 10_000);

  it('loads at once while nobody talks', async () => {
    expect(await begin()).toBe(true);
  });

  it('waits while somebody has just come, until the next one needs it', async () => {
    reserve.somebodyComes();
    const whetherLoaded = begin();
    await untilHeld();
    reserve.somebodyComes();
    expect(await whetherLoaded).toBe(true);
  });

  it('waits for nothing where two have come and the one before it went to the first', async () => {
    reserve.somebodyComes();
    reserve.somebodyComes();
    expect(await begin()).toBe(true);
    // The second has its process now, and nobody waits for the next.
    const whetherLoaded = begin();
    await untilHeld();
    reserve.nobodyTalks();
    expect(await whetherLoaded).toBe(true);
  });

  it('waits until the conversation is over', async () => {
    reserve.somebodyComes();
    const whetherLoaded = begin();
    await untilHeld();
    reserve.nobodyTalks();
    expect(await whetherLoaded).toBe(true);
  });

  it('waits no longer than it is told to', async () => {
    await reserve.close();
    reserve = await Reserve.on(socketPath, 300);
    reserve.somebodyComes();
    expect(await begin()).toBe(true);
  });

  it('ends unloaded where its worker goes meanwhile', async () => {
    reserve.somebodyComes();
    const whetherLoaded = begin();
    await untilHeld();
    await reserve.close();
    expect(await whetherLoaded).toBe(false);
  });

  it('loads where it can ask nobody', async () => {
    await reserve.close();
    expect(await begin()).toBe(true);
  });
});
