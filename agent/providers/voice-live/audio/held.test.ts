import { describe, expect, it } from 'vitest';
import { HeldAudio } from './held.ts';

const piece = (base64: string) => ({ base64, durationMs: 100 });
const shown = (held: HeldAudio) =>
  held.replay().map((step) => (step.kind === 'audio' ? step.base64 : step.kind));

describe('HeldAudio', () => {
  it('keeps the last second of silence, and all that may be speech', () => {
    const held = new HeldAudio();
    for (let count = 0; count < 30; count += 1) held.add(piece(`s${count}`), false);
    for (let count = 0; count < 20; count += 1) held.add(piece(`w${count}`), true);
    expect(shown(held)).toHaveLength(30);
    expect(shown(held)[0]).toBe('s20');
  });

  it('gives a turn that nobody answered once more, to be found again', () => {
    const held = new HeldAudio();
    held.add(piece('a'), true);
    held.endTurn('service');
    held.add(piece('b'), false);
    expect(held.hasEndedTurn).toBe(true);
    expect(shown(held)).toEqual(['a', 'b']);
    expect(shown(held)).toEqual(['a', 'b']);
  });

  it('ends a turn that the person ended by the same hand', () => {
    const held = new HeldAudio();
    held.add(piece('a'), true);
    held.endTurn('person');
    held.add(piece('b'), true);
    expect(shown(held)).toEqual(['a', 'commit', 'b']);
    held.taken();
    expect(shown(held)).toEqual(['b']);
    held.clear();
    expect(shown(held)).toEqual([]);
  });
});
