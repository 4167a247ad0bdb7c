import { describe, expect, it } from 'vitest';
import { joinPieces, readable, unfinished } from './transcript.ts';

describe('readable', () => {
  it('drops what the recogniser invents from noise', () => {
    expect(readable('You', 2000)).toBe('');
    expect(readable(' you. ', 2000)).toBe('');
    expect(readable('...', 2000)).toBe('');
    expect(readable('', 2000)).toBe('');
  });

  it('keeps that word in a sentence', () => {
    expect(readable('Thank you.', 1000)).toBe('Thank you.');
    expect(readable('You are right.', 1000)).toBe('You are right.');
  });

  it('spells today as people do now', () => {
    expect(readable('To-day or to-morrow, not to-night.', 3000)).toBe(
      'Today or tomorrow, not tonight.',
    );
  });

  it('stops a recogniser that turns in circles', () => {
    const circling = 'Set a timer for five, five, five, five, five, five, five, five,';
    expect(readable(circling, 1200)).toBe('Set a timer for five,');
    expect(readable('I am sorry. I am sorry. I am sorry. I am sorry. I am sorry.', 900)).toBe(
      'I am sorry.',
    );
  });

  it('does not believe that somebody said a sentence twice in the time of once', () => {
    const twice = 'What is seventeen times, twenty-three. What is seventeen times, twenty-three.';
    expect(readable(twice, 2600)).toBe('What is seventeen times, twenty-three.');
    expect(readable(twice, 5200)).toBe(twice);
    expect(readable('Wait. Wait.', 800)).toBe('Wait. Wait.');
  });

  it('sets no mark twice', () => {
    expect(readable('In short,, it is 3 PM..', 2000)).toBe('In short, it is 3 PM.');
    expect(readable('Well...', 2000)).toBe('Well...');
  });

  it('believes a person who really says a word often', () => {
    expect(readable('Five, five, five, five.', 2400)).toBe('Five, five, five, five.');
  });
});

describe('joinPieces', () => {
  it('joins sentences that were parted at a pause', () => {
    expect(
      joinPieces([
        { text: 'It was the best of times.', seam: 'pause' },
        { text: 'It was the worst of times.', seam: 'pause' },
      ]),
    ).toBe('It was the best of times. It was the worst of times.');
  });

  it('takes the invented stop and capital back where the cut was forced', () => {
    expect(
      joinPieces([
        { text: 'And so we walked.', seam: 'pause' },
        { text: 'Along the river.', seam: 'forced' },
        { text: 'I saw it.', seam: 'forced' },
      ]),
    ).toBe('And so we walked along the river I saw it.');
  });

  it('passes over pieces without words', () => {
    expect(
      joinPieces([
        { text: '', seam: 'pause' },
        { text: 'Hello.', seam: 'forced' },
        { text: '', seam: 'pause' },
      ]),
    ).toBe('Hello.');
  });
});

describe('unfinished', () => {
  it('takes only the full stop away', () => {
    expect(unfinished('What time.')).toBe('What time');
    expect(unfinished('What time is it?')).toBe('What time is it?');
  });
});
