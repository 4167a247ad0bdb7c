import { llm } from '@livekit/agents';
import { expect, test } from 'vitest';
import { notes, packHistory } from './history.ts';
import { utf8Bytes } from './wire/pieces.ts';

function conversation(...turns: readonly [llm.ChatRole, string][]): llm.ChatContext {
  const chatCtx = llm.ChatContext.empty();
  for (const [role, content] of turns) chatCtx.addMessage({ role, content });
  return chatCtx;
}

test('begins with the user, alternates, and leaves out what nobody said', () => {
  const packed = packHistory(
    conversation(
      ['assistant', 'Welcome.'],
      ['user', 'Hello.'],
      ['system', 'The person is in Hanoi.'],
      ['user', 'Are you there?'],
      ['assistant', '  '],
      ['assistant', 'I am.'],
      ['assistant', 'How can I help?'],
    ),
  );
  expect(packed).toEqual([
    { role: 'USER', text: 'Hello.\nAre you there?' },
    { role: 'ASSISTANT', text: 'I am.\nHow can I help?' },
  ]);
});

test('keeps the newest turns within 40 KB of UTF-8 and still begins with the user', () => {
  const long = 'đường '.repeat(400);
  const turns = Array.from({ length: 30 }, (_, index): [llm.ChatRole, string] => [
    index % 2 ? 'assistant' : 'user',
    `${index} ${long}`,
  ]);
  const packed = packHistory(conversation(...turns));
  const bytes = packed.reduce((sum, { text }) => sum + utf8Bytes(text), 0);
  expect(bytes).toBeLessThanOrEqual(40_000);
  expect(packed.length).toBeGreaterThan(5);
  expect(packed[0]?.role).toBe('USER');
  expect(packed.at(-1)?.text.startsWith('29 ')).toBe(true);
});

test('sends at most 40 turns', () => {
  const turns = Array.from({ length: 101 }, (_, index): [llm.ChatRole, string] => [
    index % 2 ? 'assistant' : 'user',
    `turn ${index}`,
  ]);
  const packed = packHistory(conversation(...turns));
  expect(packed.length).toBeLessThanOrEqual(40);
  expect(packed[0]?.role).toBe('USER');
  expect(packed.at(-1)?.text).toBe('turn 100');
});

test('keeps the end of a single turn that is too long', () => {
  const [turn] = packHistory(conversation(['user', `${'x'.repeat(50_000)} the end`]));
  expect(turn?.text.length).toBe(40_000);
  expect(turn?.text.endsWith(' the end')).toBe(true);
});

test('hands notes of the application to the system prompt', () => {
  expect(
    notes(conversation(['system', 'One.'], ['user', 'Two.'], ['developer', 'Three.'])),
  ).toEqual(['One.', 'Three.']);
});
