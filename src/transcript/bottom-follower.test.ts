import { describe, expect, it } from 'vitest';
import { followsAfter } from './bottom-follower.ts';

const place = (scrollTop: number, scrollHeight = 1000, clientHeight = 400) => ({
  scrollTop,
  scrollHeight,
  clientHeight,
});

describe('followsAfter', () => {
  it('goes on when the content grows under a view that was at the end', () => {
    expect(followsAfter(true, place(600), place(600, 1200))).toBe(true);
  });

  it('stops when the person scrolls up', () => {
    expect(followsAfter(true, place(600), place(500))).toBe(false);
  });

  it('goes on when the content shrinks, and with it the view, as where a talk ends on a phone', () => {
    expect(followsAfter(true, place(600), place(560, 960, 250))).toBe(true);
    expect(followsAfter(false, place(300), place(260, 960, 250))).toBe(false);
  });

  it('does not begin again while the person reads further up, in either direction', () => {
    expect(followsAfter(false, place(100), place(200))).toBe(false);
    expect(followsAfter(false, place(200), place(100))).toBe(false);
  });

  it('begins again at the end', () => {
    expect(followsAfter(false, place(400), place(595))).toBe(true);
  });
});
