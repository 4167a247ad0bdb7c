import { describe, expect, it } from 'vitest';
import { defaultWentOver } from './default-microphone.ts';

type Listed = Parameters<typeof defaultWentOver>[0][number];

const microphone = (deviceId: string, groupId: string, label: string): Listed => ({
  kind: 'audioinput',
  deviceId,
  groupId,
  label,
});
const laptop = microphone('a1', 'g1', 'Laptop');
const headset = microphone('b2', 'g2', 'Headset');
const byDefault = ({ groupId, label }: Listed): Listed =>
  microphone('default', groupId, `Default - ${label}`);

const atFirst = [byDefault(laptop), laptop];

describe('the system’s default microphone', () => {
  it('has gone over when a headset comes and takes its place', () => {
    expect(defaultWentOver(atFirst, [byDefault(headset), laptop, headset])).toBe(true);
  });

  it('has not when a headset merely comes, or something else changed', () => {
    expect(defaultWentOver(atFirst, [byDefault(laptop), laptop, headset])).toBe(false);
    expect(defaultWentOver(atFirst, atFirst)).toBe(false);
  });

  it('is not followed from a device that is gone, whose own end is seen to elsewhere', () => {
    expect(defaultWentOver([byDefault(headset), laptop, headset], atFirst)).toBe(false);
  });

  it('is not known where the browser does not tell', () => {
    expect(defaultWentOver([headset, laptop], [laptop, headset])).toBe(false);
    const hidden = microphone('default', 'g1', '');
    expect(defaultWentOver([hidden, laptop], [byDefault(headset), laptop, headset])).toBe(false);
  });
});
