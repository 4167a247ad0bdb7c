import type { TranscriptRow } from '../transcript/model.ts';
import {
  keptConversation,
  TranscriptStorage,
  type KeptConversation,
} from '../transcript/storage.ts';

/** The id of this tab's conversation lives as long as the tab, through every reload, and no other tab sees it. */
const idKey = 'parley.conversation';

/** A transcript older than this, in ms, is not put before the person again. */
const freshMs = 60 * 60 * 1000;

/** Keeps this tab's conversation, so that a reload in the middle of it loses nothing. */
export class ConversationKeeping {
  readonly #failed: (reason: string) => void;
  #storage: TranscriptStorage | undefined;

  /** `failed` is called when the browser refuses to keep anything; once, however often it refuses. */
  constructor(failed: (reason: string) => void) {
    let told = false;
    this.#failed = (reason) => {
      if (!told) failed(reason);
      told = true;
    };
    addEventListener('pagehide', () => void this.#storage?.flush());
  }

  keep(rows: readonly TranscriptRow[]): void {
    if (rows.length === 0) return;
    this.#storage ??= this.#begin();
    this.#storage.keep(rows);
  }

  /** The conversation that this tab showed before it was reloaded. */
  async before(): Promise<KeptConversation | undefined> {
    const id = sessionStore()?.getItem(idKey);
    if (!id) return undefined;
    const kept = await keptConversation(id);
    return kept && Date.now() - kept.endedAtMs < freshMs ? kept : undefined;
  }

  /** What is kept from now on belongs to this conversation. */
  goOnWith(kept: KeptConversation): void {
    this.#storage = new TranscriptStorage(kept.id, kept.startedAtMs, this.#failed, kept.rows);
  }

  /** The person is done with this conversation: it stays kept, but a reload no longer shows it. */
  close(): void {
    void this.#storage?.flush();
    this.#storage = undefined;
    sessionStore()?.removeItem(idKey);
  }

  #begin(): TranscriptStorage {
    const startedAtMs = Date.now();
    const id = crypto.randomUUID();
    sessionStore()?.setItem(idKey, id);
    return new TranscriptStorage(id, startedAtMs, this.#failed);
  }
}

function sessionStore(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    // A browser that keeps no site data throws at the mere question.
    return undefined;
  }
}
