import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fuzzing, fuzzingLimitMs, hostileJson } from '#protocol/testing/fuzzing.ts';
import { readFile, writeFile } from './file-format.ts';

const rows = [
  {
    kind: 'utterance',
    id: 'a',
    speaker: 'assistant',
    via: 'voice',
    text: 'It is four.',
    status: { kind: 'cut', unheard: ' Anything else?', by: 'speech' },
    startedAtMs: 5,
    latencyMs: 300,
  },
  {
    kind: 'tool',
    id: 'b',
    name: 'dice',
    title: 'Dice',
    input: '{}',
    status: 'done',
    output: '4',
    startedAtMs: 6,
  },
  { kind: 'notice', id: 'c', text: 'A timer rang.', startedAtMs: 7 },
];
const span = { fromMs: 1, toMs: 2 };
const turns = {
  records: {
    turns: [
      {
        number: 1,
        via: 'voice',
        provider: 'embedded',
        clock: 0,
        openedAtMs: 1,
        speech: [span],
        segments: {},
        words: [{ atMs: 2, text: 'Hello', final: true }],
        turnEndedAtMs: 3,
        sound: [],
        replySegments: [],
        reply: 'Hi.',
        cut: { atMs: 4, by: 'speech', unheard: ' there' },
        tools: [],
        used: [],
      },
    ],
    pending: [],
    clocks: [5],
    speech: [span],
    sound: [],
    acts: [{ turn: 1, atMs: 4, act: 'confirm', sinceOnsetMs: 90 }],
    gate: [],
  },
  curve: { atMs: [1, 100], percent: [3, 90] },
};
const sound = {
  format: 'parley.conversations',
  version: 2,
  conversations: [
    { id: 'x', startedAtMs: 1, endedAtMs: 9, opening: 'Hello', talkedMs: 8, said: 1, rows, turns },
  ],
};

it('takes a whole file of kept conversations', () => {
  expect(readFile(JSON.stringify(sound)).kind).toBe('conversations');
});

it(
  'takes any other file of kept conversations whole, or says what it is instead',
  () => {
    fc.assert(
      fc.property(hostileJson([sound]), (text) => {
        const read = readFile(text);
        expect(['conversations', 'foreign', 'newer', 'broken']).toContain(read.kind);
        if (read.kind === 'broken') expect(read.where.length).toBeLessThanOrEqual(200);
        if (read.kind === 'conversations') {
          // As text, which knows no minus zero.
          const written = writeFile(read.conversations);
          const again = readFile(written);
          expect(again.kind === 'conversations' && writeFile(again.conversations)).toBe(written);
        }
      }),
      fuzzing(),
    );
  },
  fuzzingLimitMs,
);
