import { describe, expect, it } from 'vitest';
import type { WatchedFrame } from '../vad/messages.ts';
import { judgeRoom, recommend } from './findings.ts';

const silence: WatchedFrame = {
  probability: 0.02,
  isEcho: false,
  ageMs: 3,
  state: 'idle',
  audible: false,
  atS: 0,
  heardRms: 0.0005,
  playedRms: 0,
  echo: undefined,
};

const frames = (count: number, as: Partial<WatchedFrame> = {}): WatchedFrame[] =>
  Array<WatchedFrame>(count).fill({ ...silence, ...as });

const played = { playedRms: 0.1, audible: true };
const echo = { delayMs: 120, couplingDb: -24 };

describe('what is found out about a room', () => {
  it('is that eager is safe, where it is quiet and the loudspeaker is not heard', () => {
    const found = judgeRoom(frames(150), frames(150, played));
    expect(found.kind).toBe('quiet');
    expect(recommend(found)).toBe('eager');
  });

  it('is that a clear word should be asked for, where noise is loud or sounds like speech', () => {
    const loud = judgeRoom(frames(150, { heardRms: 0.02 }), frames(150, played));
    expect(loud).toMatchObject({ kind: 'noisy', noiseDb: expect.closeTo(-34, 0) as number });
    const babble = [...frames(140), ...frames(10, { probability: 0.8 })];
    expect(recommend(judgeRoom(babble, frames(150, played)))).toBe('gentle');
  });

  it('is how late and how loud the echo is, where it is known for one', () => {
    const unsettled = frames(30, { ...played, probability: 0.9, heardRms: 0.01 });
    const settled = frames(120, { ...played, probability: 0.9, isEcho: true, echo });
    const found = judgeRoom(frames(150), [...unsettled, ...settled]);
    expect(found).toMatchObject({ kind: 'echo-known', echo });
    expect(recommend(found)).toBe('normal');
  });

  it('is that the assistant would cut itself off, where its echo passes for speech', () => {
    const taken = judgeRoom(frames(150), frames(150, { ...played, probability: 0.9 }));
    expect(taken.kind).toBe('echoing');
    expect(recommend(taken)).toBe('gentle');
  });
});
