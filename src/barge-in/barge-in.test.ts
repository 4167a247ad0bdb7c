import { describe, expect, it } from 'vitest';
import { BargeIn, type Verdict } from './barge-in.ts';
import { policies } from './policy.ts';

const frameMs = 32;

/** Plays a trace of frames (a probability each; a negative one is echo) and notes what was decided when, in ms. */
function decide(
  trace: readonly number[],
  { policy = policies.normal, bargeIn = new BargeIn(policy), fromMs = 0, isHum = false } = {},
): { verdicts: [Verdict, number][]; bargeIn: BargeIn } {
  const verdicts: [Verdict, number][] = [];
  trace.forEach((probability, index) => {
    const atMs = fromMs + (index + 1) * frameMs;
    const isEcho = probability < 0;
    const verdict = bargeIn.hear({ probability: Math.abs(probability), isEcho, isHum, atMs }, true);
    if (verdict) verdicts.push([verdict, atMs]);
  });
  return { verdicts, bargeIn };
}

const loud = (atMs: number) => ({ probability: 1, isEcho: false, isHum: false, atMs });
const quiet = (frames: number): number[] => Array<number>(frames).fill(0.05);
const speech = (frames: number): number[] => Array<number>(frames).fill(0.9);

describe('cutting in', () => {
  it('lowers the voice with the first frame of speech, and drops the reply when speech goes on', () => {
    const { verdicts } = decide([...quiet(10), ...speech(60)]);
    expect(verdicts).toEqual([
      ['duck', 11 * frameMs],
      ['confirm', expect.any(Number) as number],
    ]);
    const [, [, confirmedMs] = ['confirm', 0]] = verdicts;
    expect(confirmedMs).toBeLessThan(2000);
  });

  it.each([
    ['a click', speech(1)],
    ['a cough', speech(8)],
    ['half a word', speech(9)],
  ])('brings the voice back after %s, at the latest 150 ms over its own length', (_name, sound) => {
    const { verdicts } = decide([...quiet(5), ...sound, ...quiet(20)]);
    const endMs = (5 + sound.length) * frameMs;
    expect(verdicts.map(([verdict]) => verdict)).toEqual(['duck', 'restore']);
    expect(verdicts[1]?.[1]).toBeLessThanOrEqual(endMs + sound.length * frameMs + 150);
  });

  it('stays lowered through the first pause of a soft voice, as long as what it said before', () => {
    const words = [0.6, 0.9, 0.55, 0.7, 0.6, ...quiet(7), 0.55, 0.8, ...quiet(8), ...speech(44)];
    expect(decide(words).verdicts.map(([verdict]) => verdict)).toEqual(['duck', 'confirm']);
  });

  it('stays lowered through the short pauses between words', () => {
    const words = [...speech(6), ...quiet(3), ...speech(6), ...quiet(3), ...speech(44)];
    expect(decide(words).verdicts.map(([verdict]) => verdict)).toEqual(['duck', 'confirm']);
  });

  it('brings the voice back as soon after a long hum, which is never final', () => {
    const { verdicts } = decide([...speech(60), ...quiet(20)], { isHum: true });
    expect(verdicts.map(([verdict]) => verdict)).toEqual(['duck', 'restore']);
    expect(verdicts[1]?.[1]).toBeLessThanOrEqual(60 * frameMs + 150);
  });

  it('waits for somebody who talks and pauses, but not for ever', () => {
    const pause = quiet(policies.normal.framesOfPause - 1);
    const talk = [...speech(11), ...pause, ...speech(5), ...pause, ...speech(5)];
    expect(decide(talk).verdicts.map(([verdict]) => verdict)).toEqual(['duck']);
    const over = decide([...talk, ...quiet(20)]).verdicts;
    expect(over.map(([verdict]) => verdict)).toEqual(['duck', 'restore']);
  });

  it('keeps the reply through a second of laughter, and drops it at once for a word', () => {
    const laughter = [
      ...speech(4),
      ...quiet(2),
      ...speech(5),
      ...quiet(2),
      ...speech(5),
      ...quiet(2),
    ];
    const { verdicts, bargeIn } = decide([...laughter, ...laughter.slice(0, 14)]);
    expect(verdicts.map(([verdict]) => verdict)).toEqual(['duck']);
    expect(bargeIn.hearWords()).toBe('confirm');
    expect(bargeIn.hearWords()).toBeUndefined();
  });

  it('makes nothing of words that come when nobody cuts in', () => {
    expect(new BargeIn(policies.eager).hearWords()).toBeUndefined();
    expect(decide([...quiet(3), ...speech(2)]).bargeIn.hearWords()).toBeUndefined();
  });

  it('never lowers the voice for its own echo', () => {
    expect(decide(Array<number>(200).fill(-0.95)).verdicts).toEqual([]);
  });

  it('takes an echo that it did not know for what it is, because it ends with the sound', () => {
    // 200 ms on the way, and as long again until the detector has noticed.
    const { verdicts } = decide([...speech(12), ...quiet(20)]);
    expect(verdicts.map(([verdict]) => verdict)).toEqual(['duck', 'restore']);
  });

  it('becomes harder to deceive with each false alarm, and calms down again', () => {
    const burst = [...speech(3), ...quiet(6)];
    const { bargeIn } = decide([...burst, ...burst]);
    const later = decide(burst, { bargeIn, fromMs: 1000 });
    expect(later.verdicts).toEqual([]);
    const muchLater = decide(burst, { bargeIn, fromMs: 120_000 });
    expect(muchLater.verdicts.map(([verdict]) => verdict)).toEqual(['duck', 'restore']);
  });

  it('does nothing while the assistant is silent', () => {
    const bargeIn = new BargeIn(policies.eager);
    expect(bargeIn.hear(loud(0), false)).toBeUndefined();
    expect(bargeIn.state.kind).toBe('idle');
  });

  it('lets the reply end under it', () => {
    const bargeIn = new BargeIn(policies.normal);
    bargeIn.hear(loud(0), true);
    expect(bargeIn.hear(loud(32), false)).toBe('restore');
  });

  it('decides once until it is told that the reply is gone', () => {
    const { bargeIn, verdicts } = decide([...speech(60)]);
    expect(verdicts.map(([verdict]) => verdict)).toEqual(['duck', 'confirm']);
    bargeIn.reset();
    expect(decide(speech(1), { bargeIn, fromMs: 5000 }).verdicts).toHaveLength(1);
  });

  it('gives way sooner the more eager it is', () => {
    const confirmedAt = (policy: (typeof policies)['normal']): number =>
      decide(speech(80), { policy }).verdicts[1]?.[1] ?? Infinity;
    expect(confirmedAt(policies.eager)).toBeLessThan(confirmedAt(policies.normal));
    expect(confirmedAt(policies.normal)).toBeLessThan(confirmedAt(policies.gentle));
  });
});
