export interface ScrollPlace {
  readonly scrollTop: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
}

/** This near to the end counts as the end, in CSS px: half a line of text, and what zooming rounds away. */
const nearEndPx = 24;

/**
 * Whether a list goes on following its end. Only scrolling up stops it, since growing content never scrolls up. Where
 * content shrinks the browser does, and with a view that changes in the same moment that ends somewhere above the end.
 */
export function followsAfter(followed: boolean, before: ScrollPlace, now: ScrollPlace): boolean {
  const toEndPx = now.scrollHeight - now.clientHeight - now.scrollTop;
  if (toEndPx <= nearEndPx) return true;
  if (now.clientHeight !== before.clientHeight) return followed;
  return followed && now.scrollTop >= before.scrollTop - 1;
}

/** Keeps the end of a growing list in view until the person scrolls up, and again once they are back at the end. */
export class BottomFollower {
  #scroller: HTMLElement | undefined;
  #following = true;
  readonly #listeners = new Set<() => void>();

  /** Watches a scrolling element and what it holds. Returns its release. */
  attach(scroller: HTMLElement, content: HTMLElement): () => void {
    this.#scroller = scroller;
    let before = placeOf(scroller);
    const onScroll = (): void => {
      const now = placeOf(scroller);
      this.#set(followsAfter(this.#following, before, now));
      before = now;
    };
    // The content grows; the view also shrinks, when a keyboard opens or the message box grows.
    const resized = new ResizeObserver(() => {
      this.#toEnd();
      before = placeOf(scroller);
    });
    scroller.addEventListener('scroll', onScroll, { passive: true });
    resized.observe(scroller);
    resized.observe(content);
    return () => {
      scroller.removeEventListener('scroll', onScroll);
      resized.disconnect();
      this.#scroller = undefined;
    };
  }

  /** Follows from now on, wherever the view is. */
  follow(): void {
    this.#set(true);
    this.#toEnd();
  }

  toBeginning(): void {
    this.#scroller?.scrollTo({ top: 0 });
  }

  readonly isFollowing = (): boolean => this.#following;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #toEnd(): void {
    if (this.#following) this.#scroller?.scrollTo({ top: this.#scroller.scrollHeight });
  }

  #set(following: boolean): void {
    if (following === this.#following) return;
    this.#following = following;
    for (const listener of this.#listeners) listener();
  }
}

function placeOf({ scrollTop, scrollHeight, clientHeight }: HTMLElement): ScrollPlace {
  return { scrollTop, scrollHeight, clientHeight };
}
