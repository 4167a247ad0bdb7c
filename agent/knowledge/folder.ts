import { stat } from 'node:fs/promises';
import MiniSearch from 'minisearch';
import { answerFrom } from './answer.ts';
import type { Chunk } from './chunks.ts';
import { listDocuments, readDocument, type DocumentFile } from './documents.ts';
import type { KnowledgeSearch, Passage } from './knowledge.ts';
import { termOf, termsOf } from './terms.ts';

/** Where it is written what was indexed and what was left out. */
export interface KnowledgeLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

interface Entry extends Chunk {
  readonly id: number;
  readonly file: string;
  /** The file name as words, since it often says what the document is about. */
  readonly title: string;
}

/** A file as it was when last looked at; `ids` is empty where it could not be read. */
interface Indexed {
  readonly version: string;
  readonly ids: readonly number[];
}

const mostChunks = 20_000;
const longestQuery = 500;

/** Nothing is read before the first search, so that a conversation can start at once. */
export function createKnowledge(folder: string, log: KnowledgeLog): KnowledgeSearch {
  return new FolderKnowledge(folder, log);
}

/** Search over the Markdown, text and PDF files of a folder, kept up to date as they change. */
class FolderKnowledge implements KnowledgeSearch {
  readonly #folder: string;
  readonly #log: KnowledgeLog;
  readonly #index = createIndex();
  readonly #entries = new Map<number, Entry>();
  readonly #files = new Map<string, Indexed>();
  readonly #refused = new Set<string>();
  #lastId = 0;
  #refreshing: Promise<void> | undefined;

  constructor(folder: string, log: KnowledgeLog) {
    this.#folder = folder;
    this.#log = log;
  }

  async search(query: string, limit = 3): Promise<readonly Passage[]> {
    const terms = termsOf(query.slice(0, longestQuery));
    if (terms.length === 0) return [];
    this.#refreshing ??= this.#refresh().finally(() => (this.#refreshing = undefined));
    await this.#refreshing;
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

  /** Reads what is new or has changed since the last search; unchanged files cost a look at their dates. */
  async #refresh(): Promise<void> {
    let documents: readonly DocumentFile[];
    try {
      documents = await listDocuments(this.#folder, (name, reason) => this.#leaveOut(name, reason));
    } catch {
      if (!this.#refused.has(''))
        this.#log.info({ folder: this.#folder }, 'there is no folder of documents to search');
      this.#refused.add('');
      documents = [];
    }
    const present = new Set(documents.map(({ name }) => name));
    for (const name of this.#files.keys()) {
      if (!present.has(name)) this.#drop(name);
    }
    for (const document of documents) await this.#update(document);
  }

  async #update({ name, path }: DocumentFile): Promise<void> {
    try {
      const { mtimeMs, size } = await stat(path);
      const version = `${mtimeMs}/${size}`;
      if (this.#files.get(name)?.version === version) return;
      this.#drop(name);
      this.#files.set(name, { version, ids: [] });
      const ids = this.#add(name, await readDocument(path));
      this.#files.set(name, { version, ids });
    } catch (error) {
      this.#leaveOut(name, error instanceof Error ? error.message : String(error));
    }
  }

  #add(file: string, chunks: readonly Chunk[]): number[] {
    const free = Math.max(0, mostChunks - this.#entries.size);
    if (chunks.length > free) this.#leaveOut(file, 'the folder holds more than can be searched');
    const title = (file.split('/').at(-1) ?? file).replace(/\.[^.]+$/, '').replace(/[-_]+/g, ' ');
    const entries = chunks
      .slice(0, free)
      .map((chunk): Entry => ({ ...chunk, id: ++this.#lastId, file, title }));
    this.#index.addAll(entries);
    for (const entry of entries) this.#entries.set(entry.id, entry);
    this.#log.info({ file, passages: entries.length }, 'a document can be searched');
    return entries.map(({ id }) => id);
  }

  #drop(name: string): void {
    for (const id of this.#files.get(name)?.ids ?? []) {
      this.#index.discard(id);
      this.#entries.delete(id);
    }
    this.#files.delete(name);
  }

  #leaveOut(file: string, reason: string): void {
    const key = `${file}\n${reason}\n${this.#files.get(file)?.version ?? ''}`;
    if (this.#refused.has(key)) return;
    this.#refused.add(key);
    this.#log.warn({ file, reason }, `a document is left out: ${reason}`);
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
