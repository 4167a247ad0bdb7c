import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from './lock.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-lock-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe('the lock', () => {
  it('lets one in at a time, and all of them in the end', async () => {
    const path = join(folder, 'lock');
    let inside = 0;
    let waits = 0;
    const work = async (name: string) => {
      expect(++inside).toBe(1);
      await writeFile(join(folder, name), '');
      inside -= 1;
    };
    await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        withLock(
          path,
          () => work(name),
          () => (waits += 1),
        ),
      ),
    );
    expect((await readdir(folder)).sort()).toEqual(['a', 'b', 'c']);
    expect(waits).toBe(2);
  });

  it('is given back when the work fails', async () => {
    const path = join(folder, 'lock');
    await expect(withLock(path, () => Promise.reject(new Error('broken')))).rejects.toThrow(
      'broken',
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('is taken over from an owner that has died', async () => {
    const path = join(folder, 'lock');
    await writeFile(path, String(await deadPid()));
    expect(await withLock(path, () => Promise.resolve('in'))).toBe('in');
  });

  it('says at once when the folder cannot be written', async () => {
    await expect(
      withLock(join(folder, 'missing', 'lock'), () => Promise.resolve()),
    ).rejects.toThrow('ENOENT');
  });
});
