import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ThrowsPromise } from '@livekit/throws-transformer/throws';
import { beforeAll, describe, expect, it } from 'vitest';
import { raceWithoutTraces } from './races.ts';

/** About a quarter of an hour of microphone. */
const manyRaces = 100_000;
const littleMb = 8;

describe('a race of the framework', () => {
  beforeAll(() => raceWithoutTraces());

  it('leaves nothing behind at a promise that outlasts it', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const lasting = new Promise<string>(() => undefined);
    const frame = async (): Promise<string> =>
      ThrowsPromise.race([Promise.resolve('frame'), lasting]);
    await frame();
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let count = 0; count < manyRaces; count += 1) await frame();
    collect();
    expect((process.memoryUsage().heapUsed - before) / 1e6).toBeLessThan(littleMb);
    // Its end is heard all the same, by every race that waits.
    const ended = new EventTarget();
    const ending = new Promise<string>((resolve) => {
      ended.addEventListener('ended', () => resolve('over'));
    });
    const never = new Promise<string>(() => undefined);
    const waiting = [ThrowsPromise.race([ending, never]), ThrowsPromise.race([never, ending])];
    ended.dispatchEvent(new Event('ended'));
    expect(await Promise.all(waiting)).toEqual(['over', 'over']);
    expect(await ThrowsPromise.race([ending, never])).toBe('over');
  });

  it('goes to the first, be it a value, a promise or a failure', async () => {
    const never = new Promise<string>(() => undefined);
    const broken = Promise.reject(new Error('It broke off.'));
    expect(await ThrowsPromise.race([never, 'value'])).toBe('value');
    expect(await ThrowsPromise.race([Promise.resolve('a'), Promise.resolve('b')])).toBe('a');
    await expect(ThrowsPromise.race([never, broken])).rejects.toThrow('It broke off.');
    await expect(ThrowsPromise.race([broken, never])).rejects.toThrow('It broke off.');
  });
});
