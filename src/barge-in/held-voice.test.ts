import { describe, expect, it } from 'vitest';
import { HeldVoice } from './held-voice.ts';

const rateHz = 48_000;
const block = 128;
const perMs = rateHz / 1000;

/** A voice of so many ms: each sample tells its own place, and is never quiet. */
const talk = (ms: number, from = 1000): number[] =>
  Array.from({ length: Math.ceil((ms * perMs) / block) * block }, (_, i) => (from + i) / 1e6);
const pause = (ms: number): number[] => talk(ms).fill(0);

/** Leads samples through; `at` says what is done at which ms. */
function heard(
  voice: HeldVoice,
  samples: readonly number[],
  at: Readonly<Record<number, () => void>> = {},
): number[] {
  const out: number[] = [];
  const todo = Object.entries(at).map(([ms, act]) => ({ sample: Number(ms) * perMs, act }));
  for (let from = 0; from < samples.length; from += block) {
    while (todo[0] && todo[0].sample <= from) todo.shift()?.act();
    const output = new Float32Array(block);
    voice.process(Float32Array.from(samples.slice(from, from + block)), output);
    out.push(...output);
  }
  return out;
}

const lastOf = (samples: readonly number[]): number => samples[samples.length - 1] ?? 0;
const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-7;

describe('a voice that is held back', () => {
  it('passes unchanged and at once', () => {
    const samples = talk(50);
    const out = heard(new HeldVoice(rateHz), samples);
    expect(out.every((sample, i) => near(sample, samples[i] ?? 0))).toBe(true);
  });

  it('falls silent without a click, and goes on where it was stopped with nothing lost', () => {
    const voice = new HeldVoice(rateHz);
    const samples = talk(400);
    const out = heard(voice, samples, { 100: () => voice.hold(), 300: () => voice.goOn() });
    const stop = Math.ceil((100 * perMs) / block) * block;
    const go = Math.ceil((300 * perMs) / block) * block;
    expect(out.slice(stop + 6 * perMs, go).every((sample) => sample === 0)).toBe(true);
    const steps = out.slice(1).map((sample, i) => Math.abs(sample - (out[i] ?? 0)));
    expect(Math.max(...steps)).toBeLessThan(0.001);
    // Faded in, but from the very sample on.
    const fade = 5 * perMs;
    expect(near(out[go + fade] ?? 0, samples[stop + fade] ?? 0)).toBe(true);
    expect(voice.late).toBe(go - stop);
    expect(voice.soundWaits).toBe(true);
  });

  it('makes up for it in the pauses, and is in time again', () => {
    const voice = new HeldVoice(rateHz);
    const end = talk(100, 60_000);
    const samples = [...talk(200), ...pause(500), ...end];
    const out = heard(voice, samples, { 100: () => voice.hold(), 300: () => voice.goOn() });
    expect(voice.late).toBe(0);
    expect(out.slice(-end.length).every((sample, i) => near(sample, end[i] ?? 0))).toBe(true);
    const last = lastOf(talk(200));
    expect(out.filter((sample) => near(sample, last))).toHaveLength(1);
  });

  it('forgets what it held when the reply is dropped, and passes the next one', () => {
    const voice = new HeldVoice(rateHz);
    const next = talk(100, 60_000);
    heard(voice, talk(300), { 100: () => voice.hold() });
    voice.drop();
    expect(voice.soundWaits).toBe(false);
    // What was on its way when the reply was cut, then silence, then the next one.
    const out = heard(voice, [...talk(50), ...pause(50), ...next]);
    expect(voice.late).toBe(0);
    expect(Math.max(...out.slice(0, 100 * perMs))).toBe(0);
    expect(near(lastOf(out), lastOf(next))).toBe(true);
  });

  it('keeps a few seconds and no more', () => {
    const voice = new HeldVoice(rateHz);
    heard(voice, talk(20_000), { 100: () => voice.hold() });
    expect(voice.late / perMs).toBeLessThanOrEqual(6001);
  });
});
