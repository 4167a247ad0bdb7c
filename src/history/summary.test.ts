import { describe, expect, it } from 'vitest';
import { called, cutOff, said } from './testing.ts';
import { pastOf } from './past.ts';
import { newCallId } from './new-call.ts';
import { derivedFrom } from './summary.ts';

describe('a conversation in the list', () => {
  it('is called by the first thing that the person said, in a line', () => {
    const rows = [
      said('a', 'Hello! I am here.', 0, 'assistant'),
      said('u', `  Tell me\n\n${'a very long story '.repeat(10)}`, 1000),
    ];
    const { opening } = derivedFrom(rows, 5000);
    expect(opening).toMatch(/^Tell me a very long story .* …$/);
    expect(opening.length).toBeLessThanOrEqual(82);
  });

  it('is as long as its calls together', () => {
    const rows = [
      said('1', 'One', 10_000),
      said('2', 'Two', 40_000),
      { kind: 'notice' as const, id: newCallId(900_000), text: '', startedAtMs: 900_000 },
      said('3', 'Three', 905_000),
    ];
    expect(derivedFrom(rows, 910_000).talkedMs).toBe(30_000 + 10_000);
    expect(derivedFrom([], 910_000)).toEqual({ opening: '', talkedMs: 0, said: 0 });
  });
});

describe('what an assistant is told of an old conversation', () => {
  it('is what was said and heard, and what tools were asked to do', () => {
    expect(
      pastOf([
        said('u', 'My bike is red. Remember it.', 0),
        called('t', 'remember', { note: 'my bike is red' }, 1),
        { ...called('f', 'remember', { note: 'never' }, 2), status: 'failed' },
        cutOff('a', 'I will', 'remember it.', 3),
        { kind: 'notice', id: 'n', text: 'A timer rang.', startedAtMs: 4 },
      ]),
    ).toEqual([
      { kind: 'said', by: 'user', text: 'My bike is red. Remember it.', cut: false },
      { kind: 'called', name: 'remember', input: '{"note":"my bike is red"}' },
      { kind: 'said', by: 'assistant', text: 'I will', cut: true },
    ]);
  });

  it('is the end of it where it is long, and fits into one message', () => {
    const rows = Array.from({ length: 300 }, (_, n) => said(`u${n}`, `${n} ${'ß'.repeat(90)}`, n));
    const past = pastOf(rows);
    expect(past.at(-1)).toMatchObject({ text: expect.stringMatching(/^299 /) as string });
    expect(past.length).toBeGreaterThan(40);
    expect(new TextEncoder().encode(JSON.stringify({ past })).byteLength).toBeLessThanOrEqual(
      14 * 1024,
    );
  });
});
