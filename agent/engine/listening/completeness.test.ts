import { describe, expect, it } from 'vitest';
import { completeness } from './completeness.ts';

describe('completeness', () => {
  it.each([
    'What is seventeen times twenty-three?',
    'What is 17 times 23?',
    'What time is it in Tokyo?',
    'Set a timer for five minutes.',
    'Tell me a joke.',
    'Stop.',
    'Yes',
    'Okay.',
    'What did he say?',
    'Remind me to call Anna tomorrow.',
    'Flip a coin!',
    'What is this?',
    'How old is he?',
    'I like that.',
  ])('takes "%s" as finished', (text) => {
    expect(completeness(text)).toBe('complete');
  });

  it.each([
    'What is seventeen times.',
    'What is',
    "What's the",
    'I would like to know,',
    'Set a timer for.',
    'I wanted to ask you about.',
    'Well.',
    'Um.',
    'How many miles are in a.',
    'Tell me a story and.',
    'Seventeen plus.',
    'I think…',
    'I think...',
    'Remember that my',
    'What time is.',
    'I think we',
    'I would like to know.',
    'Please tell me.',
    'I want you.',
  ])('takes "%s" as going on', (text) => {
    expect(completeness(text)).toBe('incomplete');
  });

  it.each([
    '',
    'Seventeen.',
    '555 1234.',
    'Set a timer for five.',
    'Convert this',
    'Banana.',
    'What is that for?',
    'Tell me what time it is.',
    'Yes, I do.',
    'Turn it on.',
    'Can you tell me?',
  ])('leaves "%s" open', (text) => {
    expect(completeness(text)).toBe('open');
  });
});
