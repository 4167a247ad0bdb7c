import { afterEach, beforeEach, vi } from 'vitest';

/** For a file of tests: time that passes by hand, and a browser that can be told of events of the window. */
export function testBrowser(): EventTarget {
  const browser = new EventTarget();
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('addEventListener', browser.addEventListener.bind(browser));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  return browser;
}
