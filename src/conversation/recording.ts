import type { TranscriptRow } from '../transcript/model.ts';
import {
  emptyTranscript,
  reduceTranscript,
  transcriptOf,
  type TranscriptAction,
} from '../transcript/reducer.ts';
import { ConversationKeeping, type HeldConversation } from './keeping.ts';

export interface RecordingListener {
  changed(rows: readonly TranscriptRow[]): void;
  /** The conversation that is written now, as it is kept. */
  keptAs(id: string | undefined): void;
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
    this.#keeping = new ConversationKeeping({
      changed: (id) => listener.keptAs(id),
      failed: (reason) => listener.notKept(reason),
    });
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
    const held = await this.#keeping.before();
    void this.#keeping.forgetOld();
    if (!held) return undefined;
    if (!wanted() || this.rows.length > 0) {
      held.release();
      return undefined;
    }
    this.#takeUp(held);
    return held.kept.talkedMs;
  }

  /** An old conversation takes the place of this one. False if it is not there, or another tab has it. */
  async goOnWith(id: string): Promise<boolean> {
    await this.#keeping.close();
    const held = await this.#keeping.find(id);
    if (held) this.#takeUp(held);
    else this.close();
    return held !== undefined;
  }

  /** What answers, for people. */
  answeredBy(engine: string): void {
    this.#keeping.answeredBy(engine);
  }

  /** The person is done with it. */
  close(): void {
    void this.#keeping.close();
    this.#transcript = emptyTranscript;
    this.#listener.changed([]);
  }

  #takeUp(held: HeldConversation): void {
    this.#keeping.goOnWith(held);
    this.#transcript = transcriptOf(held.kept.rows);
    this.record({ type: 'settled' });
    this.#listener.changed(this.rows);
  }
}
