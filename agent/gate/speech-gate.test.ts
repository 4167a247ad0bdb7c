import { AudioFrame } from '@livekit/rtc-node';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Gating } from './gating.ts';
import { SpeechGate } from './speech-gate.ts';

const frameMs = 50;
const gating = {
  kind: 'speech',
  between: 'nothing',
  soundMs: 200,
  silenceMs: 300,
  untilToldMs: 2000,
} as const;

let nowMs = 0;
let count = 0;

/** Frames in which every sample is the number of the frame. */
function frame(): AudioFrame {
  nowMs += frameMs;
  count += 1;
  return new AudioFrame(new Int16Array(1200).fill(count), 24_000, 1, 1200);
}
function gate(given: Gating = gating): SpeechGate {
  return new SpeechGate(
    () => given,
    () => nowMs,
  );
}
/** What the service is sent while so much time goes by: numbers of frames, 0 for silence. */
function sent(through: SpeechGate, ms: number): number[] {
  const frames = Array.from({ length: ms / frameMs }, () => through.pass(frame())).flat();
  return frames.map(({ data }) => data[7] ?? NaN);
}
function shutGate(given: Gating = gating): SpeechGate {
  const shut = gate(given);
  shut.stopped();
  sent(shut, 2000);
  return shut;
}

beforeEach(() => {
  count = 0;
});

describe('the speech gate', () => {
  it('lets all through as long as nobody says who speaks', () => {
    expect(sent(gate(), 200)).toEqual([1, 2, 3, 4]);
  });

  it('gives the last 300 ms from before speech at once, and from then on each frame as it comes', () => {
    const shut = shutGate();
    expect(sent(shut, 1000)).toEqual([]);
    count = 0;
    sent(shut, 1000);
    shut.started();
    expect(shut.pass(frame()).map(({ data }) => data[0])).toEqual([15, 16, 17, 18, 19, 20, 21]);
    expect(sent(shut, 100)).toEqual([22, 23]);
  });

  it('reaches further back when the news of speech was late, and never sends a frame twice', () => {
    const shut = shutGate();
    count = 0;
    sent(shut, 2000);
    shut.started(400);
    expect(sent(shut, 50)).toHaveLength(15);
    shut.stopped();
    sent(shut, 200);
    shut.started();
    const after = sent(shut, 100);
    expect(after).toEqual([46, 47]);
  });

  it('does not give what was kept from before a muted microphone', () => {
    const shut = shutGate();
    sent(shut, 1000);
    nowMs += 5000;
    shut.started();
    expect(sent(shut, 50)).toHaveLength(1);
  });

  it('ends with sound, then silence, then nothing', () => {
    const through = gate();
    through.started();
    sent(through, 500);
    through.stopped();
    count = 0;
    expect(sent(through, 2000)).toEqual([1, 2, 3, 4, 0, 0, 0, 0, 0, 0]);
  });

  it('gives back the beginning that silence stood in for', () => {
    const through = gate();
    through.stopped();
    sent(through, 400);
    count = 0;
    sent(through, 50);
    through.started();
    expect(sent(through, 50)).toEqual(expect.arrayContaining([1, 2]));
  });

  it('waits in silence for a service that has heard a turn begin, until it tells the end', () => {
    const through = gate();
    through.started();
    through.serviceHears(true);
    through.stopped();
    expect(sent(through, 1500)).toHaveLength(30);
    through.serviceHears(false);
    expect(sent(through, 500)).toEqual([]);
  });

  it('waits no longer than a service can take', () => {
    const through = gate();
    through.started();
    through.serviceHears(true);
    through.stopped();
    expect(sent(through, 10_000)).toHaveLength(gating.untilToldMs / frameMs);
  });

  it('goes on when the service has found an end that the person has not made', () => {
    const through = gate();
    through.started();
    through.serviceHears(true);
    through.serviceHears(false);
    expect(sent(through, 500)).toHaveLength(10);
  });

  it('keeps the stream even with silence for a service that needs one', () => {
    const through = shutGate({ ...gating, between: 'silence' });
    expect(sent(through, 500)).toEqual(Array<number>(10).fill(0));
  });

  it('is not there for a service that costs nothing', () => {
    const through = gate({ kind: 'none' });
    through.stopped();
    expect(sent(through, 2000)).toHaveLength(40);
  });
});
