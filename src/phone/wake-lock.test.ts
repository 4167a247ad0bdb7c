import { describe, expect, it, vi } from 'vitest';
import { keepScreenOn } from './wake-lock.ts';

/** A page that is seen or hidden, and a browser that gives and takes the lock as the specification has it. */
class Page extends EventTarget {
  hidden = false;
  refuses = false;
  readonly locks: { released: boolean; release: () => Promise<void> }[] = [];

  readonly wakeLock = {
    request: (): Promise<WakeLockSentinel> => {
      if (this.refuses) return Promise.reject(new DOMException('Low battery', 'NotAllowedError'));
      const lock = {
        released: false,
        release: () => {
          lock.released = true;
          return Promise.resolve();
        },
      };
      this.locks.push(lock);
      return Promise.resolve(lock as unknown as WakeLockSentinel);
    },
  };

  show(hidden: boolean): void {
    this.hidden = hidden;
    if (hidden) for (const lock of this.locks) lock.released = true;
    this.dispatchEvent(new Event('visibilitychange'));
  }

  get held(): number {
    return this.locks.filter(({ released }) => !released).length;
  }
}

const keep = (page: Page) => keepScreenOn({ document: page, wakeLock: page.wakeLock });

describe('the screen during a talk', () => {
  it('stays on, also after the page was hidden, and may go dark once the talk is over', async () => {
    const page = new Page();
    const release = keep(page);
    await vi.waitFor(() => expect(page.held).toBe(1));
    page.show(true);
    expect(page.held).toBe(0);
    page.show(false);
    await vi.waitFor(() => expect(page.held).toBe(1));
    release();
    expect(page.held).toBe(0);
    page.show(true);
    page.show(false);
    expect(page.locks).toHaveLength(2);
  });

  it('may go dark after a talk that ended before the browser had answered', async () => {
    const page = new Page();
    keep(page)();
    await vi.waitFor(() => expect(page.locks).toHaveLength(1));
    await vi.waitFor(() => expect(page.held).toBe(0));
  });

  it('is asked for again after a refusal, and only once at a time', async () => {
    const page = new Page();
    page.refuses = true;
    const release = keep(page);
    page.refuses = false;
    // Until the refusal has come, nothing else is asked.
    await Promise.resolve();
    await vi.waitFor(() => {
      page.show(false);
      expect(page.held).toBe(1);
    });
    page.show(false);
    expect(page.locks).toHaveLength(1);
    release();
  });

  it('is left alone by a browser that has no such lock', () => {
    expect(() => keepScreenOn({ document: new Page(), wakeLock: undefined })()).not.toThrow();
  });
});
