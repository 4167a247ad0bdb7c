export interface ScrollPlace {
  readonly scrollTop: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
}

/** This near to the end counts as the end, in CSS px: half a line of text, and what zooming rounds away. */
const nearEndPx = 24;

/** Whether a list goes on following its end. Only scrolling up stops it, since growing content never scrolls up. */
export function followsAfter(followed: boolean, before: ScrollPlace, now: ScrollPlace): boolean {
  const toEndPx = now.scrollHeight - now.clientHeight - now.scrollTop;
  if (toEndPx <= nearEndPx) return true;
  return followed && now.scrollTop >= before.scrollTop - 1;
}

/** Keeps the end of a growing list in view until the person scrolls up, and again once they are back at the end. */
export class BottomFollower {
  #scroller: HTMLElement | undefined;
  #following = true;
  readonly #listeners = new Set<() => void>();

  /** Watches a scrolling element. Returns its release. */
  attach(scroller: HTMLElement): () => void {
    this.#scroller = scroller;
    let before = placeOf(scroller);
    const onScroll = (): void => {
      const now = placeOf(scroller);
      this.#set(followsAfter(this.#following, before, now));
      before = now;
    };
    // The view also shrinks, when a keyboard opens or the message box grows.
    const resized = new ResizeObserver(() => this.grown());
    scroller.addEventListener('scroll', onScroll, { passive: true });
    resized.observe(scroller);
    return () => {
      scroller.removeEventListener('scroll', onScroll);
      resized.disconnect();
      this.#scroller = undefined;
    };
  }

  /** To be called when the content or the view has changed its height. */
  grown(): void {
    if (this.#following) this.#scroller?.scrollTo({ top: this.#scroller.scrollHeight });
  }

  /** Follows from now on, wherever the view is. */
  follow(): void {
    this.#set(true);
    this.grown();
  }

  readonly isFollowing = (): boolean => this.#following;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #set(following: boolean): void {
    if (following === this.#following) return;
    this.#following = following;
    for (const listener of this.#listeners) listener();
  }
}

function placeOf({ scrollTop, scrollHeight, clientHeight }: HTMLElement): ScrollPlace {
  return { scrollTop, scrollHeight, clientHeight };
}
