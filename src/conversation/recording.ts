import type { TranscriptRow } from '../transcript/model.ts';
import {
  emptyTranscript,
  reduceTranscript,
  transcriptOf,
  type TranscriptAction,
} from '../transcript/reducer.ts';
import { ConversationKeeping } from './keeping.ts';

export interface RecordingListener {
  changed(rows: readonly TranscriptRow[]): void;
  /** The browser keeps nothing; told once. */
  notKept(reason: string): void;
}

/** The transcript of this page's conversation: written as it happens, and kept so that a reload loses nothing. */
export class Recording {
  readonly #listener: RecordingListener;
  readonly #keeping: ConversationKeeping;
  #transcript = emptyTranscript;

  constructor(listener: RecordingListener) {
    this.#listener = listener;
    this.#keeping = new ConversationKeeping((reason) => listener.notKept(reason));
  }

  get rows(): readonly TranscriptRow[] {
    return this.#transcript.rows.list;
  }

  record(action: TranscriptAction): void {
    const before = this.rows;
    this.#transcript = reduceTranscript(this.#transcript, action);
    if (this.rows === before) return;
    this.#listener.changed(this.rows);
    this.#keeping.keep(this.rows);
  }

  /** Something that happened, said in the margin. */
  note(id: string, text: string, atMs: number): void {
    this.record({ type: 'notice', id, text, atMs });
  }

  /** The conversation that this tab showed before it was reloaded, if `wanted` still. Resolves with its length in ms. */
  async restore(wanted: () => boolean): Promise<number | undefined> {
    const kept = await this.#keeping.before();
    if (!kept || !wanted() || this.rows.length > 0) return undefined;
    this.#keeping.goOnWith(kept);
    this.#transcript = transcriptOf(kept.rows);
    this.record({ type: 'settled' });
    this.#listener.changed(this.rows);
    return Math.max(0, kept.endedAtMs - kept.startedAtMs);
  }

  /** The person is done with it. */
  close(): void {
    this.#keeping.close();
    this.#transcript = emptyTranscript;
    this.#listener.changed([]);
  }
}
