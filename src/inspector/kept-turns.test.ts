import { describe, expect, it, vi } from 'vitest';
import { durationsOf } from './durations.ts';
import { turnsFormat } from './kept-format.ts';
import { joinedTurns, keptTurns, longestKept, pointsOf, type KeptTurns } from './kept-turns.ts';
import type { Observation } from './observation.ts';
import { noRecords, type Turn } from './records.ts';
import talk from './recorded-talk.json';
import { reduceTurns } from './reducer.ts';
import { timeLineOf } from './time-line.ts';
import { TurnKeeping } from './turn-keeping.ts';
import { TurnLog } from './turn-log.ts';

// The talk that `recorded-talk.test.ts` tells of.
const observations = talk as readonly unknown[] as readonly Observation[];
const records = observations.reduce(reduceTurns, noRecords);
const points = Array.from({ length: 300 }, (_, index) => ({
  atMs: 1_700_000_000_000 + index * 32,
  probability: index === 150 ? 0.874 : 0.01,
}));
const kept = keptTurns(records, points);
const asJson = (turns: KeptTurns): unknown => JSON.parse(JSON.stringify(turns));

describe('kept turns', () => {
  it('are as good as those of the talk itself, also out of a file', () => {
    const read = turnsFormat.parse(asJson(kept));
    for (const turn of records.turns) {
      const again = read.records.turns.find(({ number }) => number === turn.number) ?? turn;
      expect(again).not.toBe(turn);
      expect(durationsOf(read.records, again)).toEqual(durationsOf(records, turn));
      expect(timeLineOf(read.records, again).marks.map(({ kind }) => kind)).toEqual(
        timeLineOf(records, turn).marks.map(({ kind }) => kind),
      );
    }
    const curve = pointsOf(read.curve);
    expect(curve.length).toBeLessThan(120);
    expect(Math.max(...curve.map(({ probability }) => probability))).toBe(0.87);
  });

  it('of several calls are those of one conversation, each on the clock of its own agent', () => {
    const { records: both } = joinedTurns(kept, kept);
    expect(both.turns.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    const [first, , , fourth] = both.turns as [Turn, Turn, Turn, Turn];
    expect(durationsOf(both, fourth).firstSound).toBe(durationsOf(both, first).firstSound);
    expect(fourth.clock).toBe(first.clock + records.clocks.length);
  });

  it('are the newest that fit', () => {
    const [turn] = records.turns as [Turn];
    const long = Array.from({ length: 400 }, (_, index) => ({
      ...turn,
      number: index + 1,
      reply: 'a'.repeat(4000),
      words: Array.from({ length: 60 }, () => ({ atMs: 5, text: 'b'.repeat(4000), final: false })),
    }));
    const bounded = keptTurns({ ...records, turns: long }, []);
    expect(JSON.stringify(bounded).length).toBeLessThanOrEqual(longestKept);
    expect(bounded.records.turns.length).toBeGreaterThan(50);
    expect(bounded.records.turns.at(-1)?.number).toBe(400);
    expect(turnsFormat.safeParse(asJson(bounded)).success).toBe(true);
  });

  it('of anything else are refused', () => {
    for (const wrong of [{}, { records: {} }, { ...kept, more: 1 }, null, []]) {
      expect(turnsFormat.safeParse(wrong).success).toBe(false);
    }
  });
});

describe('keeping turns', () => {
  /** A log with the turns of the talk, and what is kept of it. */
  function keeping() {
    const stored = new Map<string, KeptTurns>();
    const log = new TurnLog();
    const keeping = new TurnKeeping(log, {
      archive: () =>
        Promise.resolve({
          readTurns: (id) => Promise.resolve(stored.get(id)),
          writeTurns: (id, turns) => Promise.resolve(void stored.set(id, turns)),
        }),
      whenLeft: vi.fn(),
    });
    return { stored, log, keeping };
  }
  const turnsIn = (turns: KeptTurns | undefined): number | undefined => turns?.records.turns.length;

  it('goes on with what an earlier call has left, however often it is written', async () => {
    const { stored, log, keeping: toTest } = keeping();
    stored.set('x', kept);
    for (const observation of observations) log.add(observation);
    toTest.keepAs('x');
    await toTest.flush();
    await toTest.flush();
    expect(turnsIn(stored.get('x'))).toBe(6);
  });

  it('leaves each conversation its own', async () => {
    const { stored, log, keeping: toTest } = keeping();
    stored.set('y', kept);
    for (const observation of observations) log.add(observation);
    toTest.keepAs('x');
    toTest.keepAs(undefined);
    toTest.keepAs('y');
    log.clear();
    await toTest.flush();
    expect(turnsIn(stored.get('x'))).toBe(3);
    expect(turnsIn(stored.get('y'))).toBe(3);
  });
});
