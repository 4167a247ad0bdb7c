import { createStore, type StoreApi } from 'zustand/vanilla';
import type { KeptSound, SoundRecord } from '../recording/sound-record.ts';
import { save } from '../saving/save.ts';
import type { ExportWords } from '../transcript/export.ts';
import { reduceTranscript, transcriptOf } from '../transcript/reducer.ts';
import {
  addConversations,
  listConversations,
  readWhole,
  removeAll,
  removeConversations,
  renameConversation,
} from './archive.ts';
import { exportAll, exportOne, type Format } from './exporting.ts';
import { readFile, type FileContent } from './file-format.ts';
import { heldConversations } from './holding.ts';
import { chooseRetention, chosenRetention, type Retention } from './retention.ts';
import { HistorySearch, type Hit } from './search.ts';
import { listSound, readSound, removeSound, restoreSound } from './sound-archive.ts';
import { longestTitle, type KeptConversation, type Summary } from './summary.ts';

/** Files beyond this are refused unread, in bytes: the browser would have to hold them several times over. */
const largestFile = 100 * 1024 * 1024;

/** What the person is told of what was just done. */
export type Told =
  | { kind: 'removed'; conversation: KeptConversation; sound: KeptSound | undefined }
  | { kind: 'sound_removed'; sound: KeptSound }
  | { kind: 'restored' }
  | { kind: 'removed_all' }
  | { kind: 'imported'; added: number; known: number }
  | {
      kind: 'import_failed';
      why: Exclude<FileContent, { kind: 'conversations' }> | { kind: 'large' };
    }
  | { kind: 'failed'; error: unknown };

export interface HistoryState {
  readonly list:
    | { kind: 'reading' }
    | { kind: 'ready'; conversations: readonly Summary[] }
    | { kind: 'unreadable'; reason: string };
  /** Of those that were recorded, by conversation. */
  readonly sound: ReadonlyMap<string, SoundRecord>;
  /** The conversations that some tab has open. */
  readonly held: ReadonlySet<string>;
  readonly question: string;
  readonly found:
    { kind: 'nothing_asked' } | { kind: 'searching' } | { kind: 'hits'; hits: readonly Hit[] };
  readonly open:
    | { kind: 'none' }
    | { kind: 'gone' }
    /** `at` is the row that was searched for. */
    | { kind: 'open'; conversation: KeptConversation; at: string | undefined };
  readonly told: Told | undefined;
  readonly space: { usedBytes: number; quotaBytes: number } | undefined;
  readonly retention: Retention;
}

/** The conversations of this browser as a person goes through them. No method rejects. */
export class History {
  readonly store: StoreApi<HistoryState> = createStore((): HistoryState => ({
    list: { kind: 'reading' },
    sound: new Map(),
    held: new Set(),
    question: '',
    found: { kind: 'nothing_asked' },
    open: { kind: 'none' },
    told: undefined,
    space: undefined,
    retention: chosenRetention(),
  }));
  readonly #search = new HistorySearch();

  /** Looks at what there is, now and whenever the person comes back from another tab. Returns the release. */
  follow(): () => void {
    void this.#refresh();
    const onFocus = (): void => void this.#refresh();
    addEventListener('focus', onFocus);
    return () => removeEventListener('focus', onFocus);
  }

  async ask(question: string): Promise<void> {
    this.store.setState({ question });
    if (question.trim() === '') {
      this.store.setState({ found: { kind: 'nothing_asked' } });
      return;
    }
    if (this.store.getState().found.kind === 'nothing_asked') {
      this.store.setState({ found: { kind: 'searching' } });
    }
    await this.#trying(async () => {
      const hits = await this.#search.find(question, this.#listed());
      if (question === this.store.getState().question) {
        this.store.setState({ found: { kind: 'hits', hits } });
      }
    });
  }

  /** Reads a conversation, at this row where one was searched for. */
  async open(id: string, at?: string): Promise<void> {
    await this.#trying(async () => {
      const kept = await readWhole(id);
      // What had no end when its tab was closed has none to wait for.
      const isOver = !(await heldConversations()).has(id);
      const conversation = kept && isOver ? settled(kept) : kept;
      this.store.setState({
        open: conversation ? { kind: 'open', conversation, at } : { kind: 'gone' },
      });
    });
  }

  close(): void {
    this.store.setState({ open: { kind: 'none' } });
  }

  async rename(id: string, title: string): Promise<void> {
    await this.#changing(async () => {
      await renameConversation(id, title.trim().slice(0, longestTitle));
      const { open } = this.store.getState();
      if (open.kind === 'open' && open.conversation.id === id) await this.open(id, open.at);
    });
  }

  async remove(id: string): Promise<void> {
    await this.#changing(async () => {
      const [conversation, sound] = await Promise.all([readWhole(id), readSound(id)]);
      await removeConversations([id]);
      this.store.setState({
        open: { kind: 'none' },
        told: conversation && { kind: 'removed', conversation, sound },
      });
    });
  }

  /** Takes away what was recorded of a conversation, and leaves what was written. */
  async removeSound(id: string): Promise<void> {
    await this.#changing(async () => {
      const sound = await readSound(id);
      await removeSound(id);
      this.store.setState({ told: sound && { kind: 'sound_removed', sound } });
    });
  }

  /** Puts back what was taken away last. */
  async undo(): Promise<void> {
    const { told } = this.store.getState();
    if (told?.kind !== 'removed' && told?.kind !== 'sound_removed') return;
    await this.#changing(async () => {
      if (told.kind === 'removed') await addConversations([told.conversation]);
      if (told.sound) await restoreSound(told.sound);
      this.store.setState({ told: { kind: 'restored' } });
    });
  }

  async removeAll(): Promise<void> {
    await this.#changing(async () => {
      await removeAll();
      this.store.setState({ open: { kind: 'none' }, told: { kind: 'removed_all' } });
    });
  }

  async importFrom(file: File): Promise<void> {
    await this.#changing(async () => {
      const why =
        file.size > largestFile ? ({ kind: 'large' } as const) : readFile(await file.text());
      if (why.kind !== 'conversations') {
        this.store.setState({ told: { kind: 'import_failed', why } });
        return;
      }
      const added = await addConversations(why.conversations);
      this.store.setState({ told: { kind: 'imported', ...added } });
    });
  }

  exportOne(format: Format, words: ExportWords): void {
    const { open } = this.store.getState();
    if (open.kind !== 'open') return;
    const { name, content } = exportOne(open.conversation, format, words);
    save(name, content);
  }

  async exportAll(format: Format, words: ExportWords): Promise<void> {
    await this.#trying(async () => {
      const read = await Promise.all(this.#listed().map(({ id }) => readWhole(id)));
      const conversations = read.filter((one) => one !== undefined);
      const { name, content } = exportAll(conversations, format, words, Date.now());
      save(name, content);
    });
  }

  /** Holds for what is said from now on, and for the rest from the next start of the page. */
  setRetention(retention: Retention): void {
    chooseRetention(retention);
    this.store.setState({ retention: chosenRetention() });
  }

  dismiss(): void {
    this.store.setState({ told: undefined });
  }

  #listed(): readonly Summary[] {
    const { list } = this.store.getState();
    return list.kind === 'ready' ? list.conversations : [];
  }

  async #refresh(): Promise<void> {
    try {
      const [conversations, sound, held] = await Promise.all([
        listConversations(),
        listSound(),
        heldConversations(),
      ]);
      this.store.setState({ list: { kind: 'ready', conversations }, sound, held });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.store.setState({ list: { kind: 'unreadable', reason } });
      return;
    }
    // Only where the page came safely: https, or this machine.
    if (!('storage' in navigator)) return;
    const estimate = await navigator.storage.estimate().catch(() => undefined);
    if (estimate?.usage === undefined || estimate.quota === undefined) return;
    this.store.setState({ space: { usedBytes: estimate.usage, quotaBytes: estimate.quota } });
  }

  /** Does it, and shows what there is after it. */
  async #changing(act: () => Promise<void>): Promise<void> {
    await this.#trying(act);
    await this.#refresh();
    const { question } = this.store.getState();
    if (question !== '') await this.ask(question);
  }

  async #trying(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.store.setState({ told: { kind: 'failed', error } });
    }
  }
}

function settled(conversation: KeptConversation): KeptConversation {
  const { rows } = reduceTranscript(transcriptOf(conversation.rows), { type: 'settled' });
  return { ...conversation, rows: rows.list };
}
