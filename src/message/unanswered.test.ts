import { expect, it } from 'vitest';
import type { TranscriptRow, UtteranceRow } from '../transcript/model.ts';
import { unansweredIn } from './unanswered.ts';

const question: UtteranceRow = {
  kind: 'utterance',
  id: 'question',
  speaker: 'user',
  via: 'text',
  text: 'What is two plus two?',
  status: { kind: 'final' },
  startedAtMs: 1000,
};
const answer: UtteranceRow = { ...question, id: 'answer', speaker: 'assistant', startedAtMs: 2000 };
const notice: TranscriptRow = { kind: 'notice', id: 'note', text: 'Back.', startedAtMs: 3000 };
const tool: TranscriptRow = {
  kind: 'tool',
  id: 'tool',
  name: 'borrow',
  title: 'Borrow',
  input: '{}',
  status: 'cancelled',
  startedAtMs: 1500,
};

it('finds a question that nothing has come of, whatever stands in the margin', () => {
  expect(unansweredIn([answer, question], 5000)).toBe(question);
  expect(unansweredIn([question, notice], 5000)).toBe(question);
});

it.each<[string, TranscriptRow[], number]>([
  ['where nothing was said', [], 5000],
  ['where the answer has begun', [question, { ...answer, status: { kind: 'interim' } }], 5000],
  ['where a tool may have done something already', [question, tool], 5000],
  [
    'where the words have not come to their end',
    [{ ...question, status: { kind: 'interim' } }],
    5000,
  ],
  ['where it is long ago', [question], 40_000],
])('finds none %s', (_, rows, nowMs) => {
  expect(unansweredIn(rows, nowMs)).toBeUndefined();
});
