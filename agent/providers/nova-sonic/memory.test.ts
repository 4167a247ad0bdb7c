import { expect, test } from 'vitest';
import { Generation } from './generation.ts';
import { Memory } from './memory.ts';

const sentence = 'Once upon a time there was a lighthouse keeper.';

function replied(memory: Memory): Generation {
  const reply = new Generation(false);
  reply.plan(sentence);
  memory.replied(reply);
  return reply;
}

const saidIn = (memory: Memory) =>
  memory.chatCtx.items.map((item) => item.type === 'message' && item.textContent);

test('a service that was cut before it believes to have been heard is told what was heard', () => {
  const memory = new Memory();
  const reply = replied(memory);
  reply.interrupted();
  memory.cut(reply.id, sentence);
  expect(memory.isMisbelieved).toBe(true);
  expect(saidIn(memory)).toEqual([sentence]);
  memory.told();
  expect(memory.isMisbelieved).toBe(false);
});

test('a reply of which nobody heard a word is no part of the conversation', () => {
  const memory = new Memory();
  const reply = replied(memory);
  reply.interrupted();
  memory.cut(reply.id, '');
  expect(memory.isMisbelieved).toBe(false);
  expect(saidIn(memory)).toEqual([]);
});

test('the account of a cut reply may come after it was asked for', () => {
  const memory = new Memory();
  const reply = replied(memory);
  reply.interrupted();
  expect(saidIn(memory)).toEqual([]);
  reply.confirm('Once upon a time');
  memory.cut(reply.id, 'Once upon a time');
  expect(saidIn(memory)).toEqual(['Once upon a time']);
  expect(memory.isMisbelieved).toBe(false);
});

test('a reply that was cut here alone is believed to be said as it was planned', () => {
  const memory = new Memory();
  const reply = replied(memory);
  memory.cut(reply.id, 'Once upon');
  expect(memory.isMisbelieved).toBe(true);
  expect(saidIn(memory)).toEqual(['Once upon']);
});
