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
const sound = {
  format: 'parley.conversations',
  version: 1,
  conversations: [
    { id: 'x', startedAtMs: 1, endedAtMs: 9, opening: 'Hello', talkedMs: 8, said: 1, rows },
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
