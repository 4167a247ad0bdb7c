import { describe, expect, it } from 'vitest';
import { blend, forms, outline, type Sound } from './shape.ts';

const silence: Sound = { bands: new Float32Array(8), microphone: 0 };
const voice: Sound = { bands: new Float32Array(8).fill(0.8), microphone: 0 };
const person: Sound = { bands: new Float32Array(8), microphone: 0.8 };

/** Farthest reach of a path from the origin, along x. */
function width(path: string): number {
  const numbers = path.match(/-?\d+(\.\d+)?/g) ?? [];
  return Math.max(...numbers.filter((_, i) => i % 2 === 0).map((x) => Math.abs(Number(x))));
}

describe('outline', () => {
  it('is one closed path of finite numbers', () => {
    const path = outline(forms.speaking, voice, 12.3, 1, 50);
    expect(path).toMatch(/^M[^M]*Z$/);
    expect(path).not.toMatch(/NaN|Infinity/);
  });

  it('is driven by the assistant’s voice while it speaks, and by nothing else of the assistant’s', () => {
    const quiet = width(outline(forms.speaking, silence, 0, 0, 50));
    expect(width(outline(forms.speaking, voice, 0, 0, 50))).toBeGreaterThan(quiet * 1.3);
    expect(outline(forms.listening, voice, 0, 0, 50)).toBe(
      outline(forms.listening, silence, 0, 0, 50),
    );
  });

  it('grows with the person’s voice while it listens', () => {
    const quiet = width(outline(forms.listening, silence, 0, 1, 50));
    expect(width(outline(forms.listening, person, 0, 1, 50))).toBeGreaterThan(quiet * 1.1);
  });

  it('looks different in every state of the voice with no sound at all', () => {
    const still = (['absent', 'listening', 'thinking', 'interrupted'] as const).map((state) =>
      outline(forms[state], silence, 0, 0, 50),
    );
    expect(new Set(still).size).toBe(still.length);
  });

  it('stays inside a frame of twice the radius at full loudness', () => {
    const loud: Sound = { bands: new Float32Array(8).fill(1), microphone: 1 };
    for (const form of Object.values(forms)) {
      for (const veil of [0, 1, 2])
        expect(width(outline(form, loud, 1, veil, 50))).toBeLessThan(100);
    }
  });
});

describe('blend', () => {
  it('reaches the other form in full at 1 and stays at 0', () => {
    expect(blend(forms.idle, forms.speaking, 1)).toEqual(forms.speaking);
    expect(blend(forms.idle, forms.speaking, 0)).toEqual(forms.idle);
  });
});
