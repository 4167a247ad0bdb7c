import { expect, it } from 'vitest';
import { canBeSpoken } from './spoken-words.ts';

it('takes words for the person’s when somebody has spoken for long enough to say them', () => {
  expect(canBeSpoken('Tell me about the tower', 900)).toBe(true);
  expect(canBeSpoken('Really?', 520)).toBe(true);
});

it.each(['Stop', 'Okay, stop.', 'Wait a minute.', 'Hold on', 'No, stop it.', 'Never mind.'])(
  'takes “%s” for the person’s even if it was said as shortly as a cough',
  (text) => {
    expect(canBeSpoken(text, 250)).toBe(true);
    expect(canBeSpoken(text, 60)).toBe(false);
  },
);

// What the recogniser made of coughs, of single syllables and of what echo cancellers left, in Chromium and Firefox.
it.each([
  'That.',
  'He hurt.',
  'Is it?',
  'Patience.',
  'Help to see.',
  'Tell us about.',
  'And with.',
  'Thank you.',
  'No.',
])('takes “%s” for nobody’s when hardly anything was heard', (text) => {
  expect(canBeSpoken(text, 380)).toBe(false);
});

it('takes more words than can be said in the time for made up', () => {
  expect(canBeSpoken('Against him and the poet and the sea.', 500)).toBe(false);
});

it('asks no more of a long sentence than its longest stretch can be', () => {
  expect(
    canBeSpoken('No matter how it goes on, this is what I would like to hear from you', 900),
  ).toBe(true);
});
