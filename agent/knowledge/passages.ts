import MiniSearch from 'minisearch';
import { answerFrom } from './answer.ts';
import type { Chunk } from './chunks.ts';
import type { Passage } from './knowledge.ts';
import { termOf, termsOf } from './terms.ts';

interface Entry extends Chunk {
  readonly id: number;
  readonly file: string;
  /** The file name as words, since it often says what the document is about. */
  readonly title: string;
}

const longestQuery = 500;

/** The passages of some documents, to be searched. */
export class Passages {
  readonly #most: number;
  readonly #index = createIndex();
  readonly #entries = new Map<number, Entry>();
  #lastId = 0;

  /** Holds `most` passages at most. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Takes in what there is room for. Returns the ids by which it can be dropped again. */
  add(file: string, chunks: readonly Chunk[]): readonly number[] {
    const free = Math.max(0, this.#most - this.#entries.size);
    const title = (file.split('/').at(-1) ?? file).replace(/\.[^.]+$/, '').replace(/[-_]+/g, ' ');
    const entries = chunks
      .slice(0, free)
      .map((chunk): Entry => ({ ...chunk, id: ++this.#lastId, file, title }));
    this.#index.addAll(entries);
    for (const entry of entries) this.#entries.set(entry.id, entry);
    return entries.map(({ id }) => id);
  }

  drop(ids: readonly number[]): void {
    for (const id of ids) {
      this.#index.discard(id);
      this.#entries.delete(id);
    }
  }

  search(query: string, limit: number): readonly Passage[] {
    const terms = termsOf(query.slice(0, longestQuery));
    if (terms.length === 0) return [];
    return this.#index
      .search(terms.join(' '), { processTerm: (term) => term })
      .slice(0, limit)
      .flatMap(({ id, queryTerms }) => {
        const entry = this.#entries.get(id as number);
        if (!entry) return [];
        const { text, file, heading, page } = entry;
        return {
          text,
          file,
          ...(heading !== undefined && { heading }),
          ...(page !== undefined && { page }),
          answer: answerFrom(text, heading, terms),
          coverage: new Set(queryTerms).size / terms.length,
        };
      });
  }
}

function createIndex(): MiniSearch<Entry> {
  return new MiniSearch<Entry>({
    fields: ['text', 'heading', 'title'],
    processTerm: (term) => termOf(term) ?? null,
    searchOptions: {
      boost: { heading: 2, title: 1.5 },
      // A recogniser gets names nearly right; short words must be exact.
      fuzzy: (term) => (term.length > 5 ? 0.2 : false),
      prefix: (term) => term.length > 4,
      weights: { fuzzy: 0.3, prefix: 0.5 },
    },
  });
}
