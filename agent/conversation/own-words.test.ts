import { describe, expect, it } from 'vitest';
import { story } from '../skills/story.ts';
import { areOwnWords } from './own-words.ts';

describe('the assistant’s own words, given back by its echo', () => {
  // What the recogniser made of parts of the story, with bands and syllables missing as after an echo canceller.
  it.each([
    'And on the north coast,',
    'A woman named Ada Pal came over the hill.',
    'Oh, there was once a fish,',
    'And when the herring won away, so did the much.',
    'For in no clock, the tower had been built,',
    'Once a fishing-billet,',
    'And October, a woman named Ada Pelquet,',
    'Built with elastic.',
  ])('are known as such: “%s”', (heard) => {
    expect(areOwnWords(heard, story.text)).toBe(true);
  });

  it('are known when few, if they are the same', () => {
    const said = 'I don’t know about that. Ask me what I can do, and I will tell you.';
    expect(areOwnWords('I don’t know.', said)).toBe(true);
    expect(areOwnWords('I don’t care.', said)).toBe(false);
  });

  it.each([
    'Stop',
    'What time is it?',
    'Stop, please. What time is it?',
    'It was the best of times, it was the worst of times,',
    'Who was the captain of the ferry?',
    'Why did the clock run slow?',
    'Tell me more about the clock',
    'How old was the woman?',
    'in the morning',
  ])('are not what a person says meanwhile: “%s”', (heard) => {
    expect(areOwnWords(heard, story.text)).toBe(false);
  });
});
