import { beforeEach, describe, expect, it } from 'vitest';
import { HeardSpeech } from './heard-speech.ts';

describe('what the page has heard', () => {
  let heard: HeardSpeech;
  beforeEach(() => {
    heard = new HeardSpeech();
  });

  it('is no word where nobody spoke', () => {
    expect(heard.isProven(1000)).toBe(false);
  });

  it('is no word where somebody only coughed', () => {
    heard.started(1000);
    heard.stopped(1130);
    expect(heard.isProven(1400)).toBe(false);
  });

  it('can be a word once it has gone on for longer than a cough, its end untold yet', () => {
    heard.started(1000);
    expect(heard.isProven(1300)).toBe(false);
    expect(heard.isProven(1400)).toBe(true);
  });

  it('can be a word for as long as a recogniser may take for it, whatever clicks after it', () => {
    heard.started(1000);
    heard.stopped(1300);
    heard.started(1500);
    heard.stopped(1530);
    expect(heard.isProven(2000)).toBe(true);
    expect(heard.isProven(4500)).toBe(false);
  });
});
