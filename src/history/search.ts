import MiniSearch, { type SearchResult } from 'minisearch';
import type { TranscriptRow } from '../transcript/model.ts';
import { readConversation } from './archive.ts';
import { fold, wordsIn } from './folding.ts';
import type { KeptConversation, Summary } from './summary.ts';

/** What was found in one conversation. */
export interface Hit {
  readonly id: string;
  /** The row that fits best; undefined where it is the title. */
  readonly rowId: string | undefined;
  readonly text: string;
  /** How many of its rows fit. */
  readonly count: number;
  /** The words that fit, folded. */
  readonly terms: ReadonlySet<string>;
}

interface Entry {
  readonly key: number;
  readonly id: string;
  readonly rowId: string | undefined;
  readonly text: string;
}

/** So many rows are taken in before the page gets its turn again. */
const chunkSize = 400;

/** Finds words in everything that was ever said. What has changed since is read anew with each question. */
export class HistorySearch {
  readonly #index = new MiniSearch<Entry>({
    idField: 'key',
    fields: ['text'],
    tokenize: (text) => wordsIn(text).map((word) => word.text),
    processTerm: fold,
    searchOptions: {
      prefix: true,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    },
  });
  readonly #entries = new Map<number, Entry>();
  /** What of each conversation is in the index. */
  readonly #known = new Map<string, { state: string; keys: readonly number[] }>();
  #nextKey = 0;
  #learning: Promise<void> = Promise.resolve();

  /** The conversations that hold every word of the question, in the order in which they are listed. */
  async find(question: string, listed: readonly Summary[]): Promise<Hit[]> {
    const learning = this.#learning.catch(() => undefined).then(() => this.#learn(listed));
    this.#learning = learning;
    await learning;
    const asked = new Set(wordsIn(question).map(({ text }) => fold(text)));
    if (asked.size === 0) return [];
    const byConversation = new Map<string, SearchResult[]>();
    for (const result of this.#index.search(question)) {
      const id = this.#entries.get(result.id as number)?.id;
      if (id === undefined) continue;
      const results = byConversation.get(id);
      if (results) results.push(result);
      else byConversation.set(id, [result]);
    }
    return listed.flatMap(({ id }) => this.#hitOf(asked, byConversation.get(id)) ?? []);
  }

  #hitOf(asked: ReadonlySet<string>, results: SearchResult[] = []): Hit | undefined {
    const answered = new Set(results.flatMap(({ queryTerms }) => queryTerms));
    const best = results[0];
    const entry = best && this.#entries.get(best.id as number);
    if (!entry || answered.size < asked.size) return undefined;
    return {
      ...entry,
      count: results.length,
      terms: new Set(results.flatMap(({ terms }) => terms)),
    };
  }

  async #learn(listed: readonly Summary[]): Promise<void> {
    const ids = new Set(listed.map(({ id }) => id));
    for (const id of this.#known.keys()) if (!ids.has(id)) this.#forget(id);
    for (const summary of listed) {
      const state = `${summary.endedAtMs} ${summary.title ?? ''}`;
      if (this.#known.get(summary.id)?.state === state) continue;
      this.#forget(summary.id);
      const conversation = await readConversation(summary.id);
      if (!conversation) continue;
      const entries = this.#entriesOf(conversation);
      this.#known.set(summary.id, { state, keys: entries.map(({ key }) => key) });
      for (const entry of entries) this.#entries.set(entry.key, entry);
      await this.#index.addAllAsync(entries, { chunkSize });
    }
  }

  #entriesOf({ id, title, rows }: KeptConversation): Entry[] {
    const texts: { rowId: string | undefined; text: string }[] = [
      { rowId: undefined, text: title ?? '' },
      ...rows.map((row) => ({ rowId: row.id, text: textOf(row) })),
    ];
    return texts
      .filter(({ text }) => text !== '')
      .map((part) => ({ ...part, id, key: this.#nextKey++ }));
  }

  #forget(id: string): void {
    const keys = this.#known.get(id)?.keys ?? [];
    this.#known.delete(id);
    this.#index.discardAll(keys);
    for (const key of keys) this.#entries.delete(key);
  }
}

function textOf(row: TranscriptRow): string {
  if (row.kind === 'notice') return '';
  if (row.kind === 'tool') return `${row.title}: ${row.output ?? ''}`;
  return row.status.kind === 'cut' ? `${row.text} ${row.status.unheard}`.trim() : row.text;
}
