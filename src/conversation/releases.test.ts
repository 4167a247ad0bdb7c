import { describe, expect, it } from 'vitest';
import { Releases } from './releases.ts';

describe('releases', () => {
  it('are run in reverse order, each once', async () => {
    const released: string[] = [];
    const releases = new Releases();
    releases.add(() => void released.push('room'));
    releases.add(() => void released.push('track'));
    await releases.run();
    await releases.run();
    expect(released).toEqual(['track', 'room']);
  });

  it('are all run even if one of them throws or rejects', async () => {
    const released: string[] = [];
    const releases = new Releases();
    releases.add(() => void released.push('room'));
    releases.add(() => {
      throw new Error('no');
    });
    releases.add(() => Promise.reject(new Error('no')));
    await releases.run();
    expect(released).toEqual(['room']);
  });
});
