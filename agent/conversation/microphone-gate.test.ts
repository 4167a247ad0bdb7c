import { AudioFrame } from '@livekit/rtc-node';
import { describe, expect, it } from 'vitest';
import { MicrophoneGate } from './microphone-gate.ts';

const frameMs = 50;
let nowMs = 0;

/** A frame in which every sample is this number. */
function frameOf(value: number): AudioFrame {
  nowMs += frameMs;
  return new AudioFrame(new Int16Array(1200).fill(value), 24_000, 1, 1200);
}
function valuesOf(frames: AudioFrame[]): (number | undefined)[] {
  return frames.map(({ data }) => data[7]);
}
function gateAfter(position: 'silent' | 'shut', frames: number): MicrophoneGate {
  const gate = new MicrophoneGate(() => nowMs);
  gate.move(position);
  for (let value = 1; value <= frames; value += 1) gate.pass(frameOf(value));
  return gate;
}

describe('the microphone gate', () => {
  it('is open until it is moved', () => {
    expect(valuesOf(new MicrophoneGate().pass(frameOf(9)))).toEqual([9]);
  });

  it('lets nothing through when it is shut, and zeros of the same shape when it is silent', () => {
    const gate = gateAfter('shut', 3);
    expect(gate.pass(frameOf(9))).toEqual([]);
    gate.move('silent');
    const [silence] = gate.pass(frameOf(9));
    expect(silence).toMatchObject({ sampleRate: 24_000, channels: 1, samplesPerChannel: 1200 });
    expect(silence?.data.every((sample) => sample === 0)).toBe(true);
  });

  it('gives the last quarter of a second from before it was opened, once', () => {
    const gate = gateAfter('shut', 20);
    gate.move('open');
    expect(valuesOf(gate.pass(frameOf(99)))).toEqual([16, 17, 18, 19, 20, 99]);
    expect(valuesOf(gate.pass(frameOf(100)))).toEqual([100]);
  });

  it('gives what came since it should have been opened, where it is opened late', () => {
    const gate = gateAfter('shut', 20);
    gate.move('open', 300);
    expect(gate.passedMs).toBe(300);
    expect(valuesOf(gate.pass(frameOf(99)))).toEqual([
      10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 99,
    ]);
  });

  it('does not give what was kept long ago, when the microphone itself was off in between', () => {
    const gate = gateAfter('shut', 5);
    nowMs += 10_000;
    gate.move('open');
    expect(valuesOf(gate.pass(frameOf(99)))).toEqual([99]);
  });

  it('counts what has come since it was opened', () => {
    const gate = gateAfter('shut', 2);
    gate.move('open');
    gate.pass(frameOf(3));
    gate.pass(frameOf(4));
    expect(gate.passedMs).toBe(100);
    gate.move('shut');
    gate.move('open');
    expect(gate.passedMs).toBe(0);
  });
});
