import { Workbox } from 'workbox-window';

/** The first talk has network and processor for itself, in ms after the page has loaded. */
const afterMs = 4000;

type Changed = () => void;

/**
 * What keeps the page's own files for a time without network: a service worker, which the build writes. A newer one waits
 * until every window of the page is closed, or the person asks for it; it never takes the place of the one in use by itself.
 */
class Offline {
  #worker: Workbox | undefined;
  #waiting = false;
  readonly #watchers = new Set<Changed>();

  /** Whether a newer version of the page is there and waits. */
  get updateWaits(): boolean {
    return this.#waiting;
  }

  /** Calls back when `updateWaits` changed. Returns the release. */
  watch(changed: Changed): () => void {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }

  /** Once for a page. Without a service worker the page works, with a network. */
  begin(): void {
    // While developing, each file comes fresh from its source.
    if (this.#worker || !import.meta.env.PROD || !('serviceWorker' in navigator)) return;
    const worker = new Workbox('/service-worker.js');
    this.#worker = worker;
    worker.addEventListener('waiting', () => this.#set(true));
    setTimeout(() => {
      // Refused in private windows and by some settings.
      worker.register().catch(() => undefined);
    }, afterMs);
  }

  /** Puts the waiting version in place and loads this page with it. */
  useUpdate(): void {
    this.#worker?.addEventListener('controlling', () => location.reload());
    this.#worker?.messageSkipWaiting();
  }

  postpone(): void {
    this.#set(false);
  }

  #set(waiting: boolean): void {
    this.#waiting = waiting;
    for (const changed of this.#watchers) changed();
  }
}

export const offline = new Offline();
