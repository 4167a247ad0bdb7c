import { beforeEach, describe, expect, it } from 'vitest';
import { HeardSpeech } from './heard-speech.ts';

describe('how long the page has heard somebody speak', () => {
  let heard: HeardSpeech;
  beforeEach(() => {
    heard = new HeardSpeech();
  });

  it('is nothing where nobody spoke', () => {
    expect(heard.longestMs(1000)).toBe(0);
  });

  it('grows while somebody speaks, less what may be silence already', () => {
    heard.started(1000);
    expect(heard.longestMs(1100)).toBe(0);
    expect(heard.longestMs(1700)).toBe(500);
  });

  it('is told for as long as a recogniser may take, whatever clicks after it', () => {
    heard.started(1000);
    heard.stopped(1300);
    heard.started(1500);
    heard.stopped(1530);
    expect(heard.longestMs(2000)).toBe(300);
    expect(heard.longestMs(4400)).toBe(30);
    expect(heard.longestMs(4600)).toBe(0);
  });

  it('is not made long by many short bits, as an echo canceller lets them through', () => {
    for (let at = 1000; at < 3000; at += 400) {
      heard.started(at);
      heard.stopped(at + 150);
    }
    expect(heard.longestMs(3100)).toBe(150);
  });
});
