import { describe, expect, it } from 'vitest';
import { microphoneGate, replyGate, SoundGate, type SoundEdge } from './sound-gate.ts';

const blockS = 0.01;

/** Feeds stretches of `[rms, seconds]` one after the other, in blocks of 10 ms. */
function feed(gate: SoundGate, ...stretches: [rms: number, seconds: number][]): SoundEdge[] {
  const edges: SoundEdge[] = [];
  let block = 0;
  for (const [rms, seconds] of stretches) {
    for (let i = 0; i < Math.round(seconds / blockS); i += 1) {
      const edge = gate.feed(rms, block * blockS, blockS);
      if (edge) edges.push({ ...edge, atS: Math.round(edge.atS * 100) / 100 });
      block += 1;
    }
  }
  return edges;
}

describe('the sound gate', () => {
  it('hears where a word begins and where it ended', () => {
    const gate = new SoundGate(microphoneGate);
    expect(feed(gate, [0.001, 0.5], [0.1, 0.4], [0.001, 0.5])).toEqual([
      { kind: 'began', atS: 0.5 },
      { kind: 'ended', atS: 0.9 },
    ]);
  });

  it('does not take the pause between two words for the end', () => {
    const gate = new SoundGate(microphoneGate);
    expect(feed(gate, [0.001, 0.5], [0.1, 0.3], [0.001, 0.2], [0.1, 0.3], [0.001, 0.5])).toEqual([
      { kind: 'began', atS: 0.5 },
      { kind: 'ended', atS: 1.3 },
    ]);
  });

  it('comes to know a steady background and hears speech over it', () => {
    const gate = new SoundGate(microphoneGate);
    feed(gate, [0.02, 20]);
    const edges = feed(gate, [0.02, 1], [0.2, 0.5], [0.02, 1]);
    expect(edges.map(({ kind }) => kind)).toEqual(['began', 'ended']);
  });

  it('is not deafened by long speech', () => {
    const gate = new SoundGate(microphoneGate);
    const words = Array.from({ length: 20 }, (): [number, number][] => [
      [0.1, 0.35],
      [0.002, 0.1],
    ]).flat();
    expect(feed(gate, [0.002, 0.5], ...words, [0.002, 0.5])).toHaveLength(2);
  });

  it('hears a quiet reply, for silence between replies is digital', () => {
    const gate = new SoundGate(replyGate);
    expect(feed(gate, [0, 0.2], [0.004, 0.3], [0, 0.4])).toEqual([
      { kind: 'began', atS: 0.2 },
      { kind: 'ended', atS: 0.5 },
    ]);
  });

  it('hears nothing in silence', () => {
    expect(feed(new SoundGate(microphoneGate), [0, 5])).toEqual([]);
  });
});
