import { hostPage } from '../connect/host-page.ts';
import { holdConversation } from '../history/holding.ts';
import { chosenRetention, keptSinceMs, type Retention } from '../history/retention.ts';
import type { KeptConversation } from '../history/summary.ts';
import type { TranscriptRow } from '../transcript/model.ts';
import { TranscriptStorage } from '../transcript/storage.ts';

/** The id of this tab's conversation lives as long as the tab, through every reload, and no other tab sees it. */
const idKey = 'parley.conversation';

/** A transcript older than this, in ms, is not put before the person again by itself. */
const freshMs = 60 * 60 * 1000;

/** A kept conversation that this tab, and no other, may write into until it is released. */
export interface HeldConversation {
  readonly kept: KeptConversation;
  release(): void;
}

interface KeepingListener {
  /** The conversation that this tab writes now. */
  changed(id: string | undefined): void;
  /** The browser refuses to keep anything; told once, however often it refuses. */
  failed(reason: string): void;
}

/** Keeps this tab's conversation, so that it can be found again, and a reload in the middle of it loses nothing. */
export class ConversationKeeping {
  readonly #listener: KeepingListener;
  #told = false;
  #storage: TranscriptStorage | undefined;
  #engine: string | undefined;
  #release: () => void = () => undefined;

  constructor(listener: KeepingListener) {
    this.#listener = listener;
    addEventListener('pagehide', () => void this.#storage?.flush());
    // A hidden tab that is frozen and then discarded hears of neither; phones end pages so.
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) void this.#storage?.flush();
    });
  }

  keep(rows: readonly TranscriptRow[]): void {
    if (rows.length === 0) return;
    if (!this.#storage && retention() !== 'none') this.#begin();
    this.#storage?.keep(rows);
  }

  /** What answers, for people. */
  answeredBy(engine: string): void {
    this.#engine = engine;
    this.#storage?.answeredBy(engine);
  }

  /** The conversation that this tab showed before it was reloaded. A copy of the tab that still runs has it instead. */
  async before(): Promise<HeldConversation | undefined> {
    const id = retention() === 'none' ? null : sessionStore()?.getItem(idKey);
    const held = id ? await this.find(id) : undefined;
    if (!held || Date.now() - held.kept.endedAtMs < freshMs) return held;
    held.release();
    return undefined;
  }

  /** A conversation to go on with; undefined if there is none under this id, or another tab has it. */
  async find(id: string): Promise<HeldConversation | undefined> {
    const release = await holdConversation(id);
    if (!release) return undefined;
    const kept = await archive()
      .then(({ readConversation }) => readConversation(id))
      .catch(() => undefined);
    if (kept) return { kept, release };
    release();
    return undefined;
  }

  /** Takes away what has been kept for as long as the person wants. Never rejects. */
  async forgetOld(): Promise<void> {
    // What lies there was kept by Parley's own page, if by anybody.
    if (hostPage.isGuest) return;
    try {
      const sinceMs = keptSinceMs(chosenRetention(), Date.now());
      if (sinceMs > -Infinity) await (await archive()).removeOlder(sinceMs);
    } catch {
      // Where nothing can be kept, nothing old is there; where it can, there is a next time.
    }
  }

  /** What is kept from now on belongs to this conversation. */
  goOnWith(held: HeldConversation): void {
    this.#release = () => held.release();
    const { id, startedAtMs, rows } = held.kept;
    this.#write(id, startedAtMs, rows);
  }

  /** The person is done with this conversation: it stays kept, but a reload no longer shows it. */
  async close(): Promise<void> {
    const storage = this.#storage;
    const release = this.#release;
    this.#storage = undefined;
    this.#release = () => undefined;
    sessionStore()?.removeItem(idKey);
    this.#listener.changed(undefined);
    await storage?.flush();
    release();
  }

  #begin(): void {
    const id = crypto.randomUUID();
    this.#write(id, Date.now());
    const storage = this.#storage;
    void holdConversation(id).then((release) => {
      if (storage === this.#storage) this.#release = release ?? this.#release;
      else release?.();
    });
  }

  #write(id: string, startedAtMs: number, rows?: readonly TranscriptRow[]): void {
    sessionStore()?.setItem(idKey, id);
    this.#storage = new TranscriptStorage(id, startedAtMs, (reason) => this.#fail(reason), rows);
    if (this.#engine !== undefined) this.#storage.answeredBy(this.#engine);
    this.#listener.changed(id);
  }

  #fail(reason: string): void {
    if (!this.#told) this.#listener.failed(reason);
    this.#told = true;
  }
}

/** Comes late: nothing of it is needed before one can talk. */
const archive = () => import('../history/archive.ts');

function retention(): Retention {
  return hostPage.isGuest ? 'none' : chosenRetention();
}

function sessionStore(): Storage | undefined {
  if (hostPage.isGuest) return undefined;
  try {
    return sessionStorage;
  } catch {
    // A browser that keeps no site data throws at the mere question.
    return undefined;
  }
}
