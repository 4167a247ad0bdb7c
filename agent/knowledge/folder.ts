import { stat } from 'node:fs/promises';
import type { Chunk } from './chunks.ts';
import { listDocuments, readDocument, type DocumentFile } from './documents.ts';
import type { KnowledgeSearch, Passage } from './knowledge.ts';
import { Passages } from './passages.ts';
import { termsOf } from './terms.ts';

/** Where it is written what was indexed and what was left out. */
export interface KnowledgeLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** A file as it was when last looked at; `ids` is empty where it could not be read. */
interface Indexed {
  readonly version: string;
  readonly ids: readonly number[];
}

const mostChunks = 20_000;

/** Nothing is read before the first search, so that a conversation can start at once. */
export function createKnowledge(folder: string, log: KnowledgeLog): KnowledgeSearch {
  return new FolderKnowledge(folder, log);
}

/** Search over the Markdown, text and PDF files of a folder, kept up to date as they change. */
class FolderKnowledge implements KnowledgeSearch {
  readonly #folder: string;
  readonly #log: KnowledgeLog;
  readonly #passages = new Passages(mostChunks);
  readonly #files = new Map<string, Indexed>();
  readonly #refused = new Set<string>();
  #refreshing: Promise<void> | undefined;

  constructor(folder: string, log: KnowledgeLog) {
    this.#folder = folder;
    this.#log = log;
  }

  async search(query: string, limit = 3): Promise<readonly Passage[]> {
    if (termsOf(query).length === 0) return [];
    this.#refreshing ??= this.#refresh().finally(() => (this.#refreshing = undefined));
    await this.#refreshing;
    return this.#passages.search(query, limit);
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

  #add(file: string, chunks: readonly Chunk[]): readonly number[] {
    const ids = this.#passages.add(file, chunks);
    if (ids.length < chunks.length) {
      this.#leaveOut(file, 'the folder holds more than can be searched');
    }
    this.#log.info({ file, passages: ids.length }, 'a document can be searched');
    return ids;
  }

  #drop(name: string): void {
    this.#passages.drop(this.#files.get(name)?.ids ?? []);
    this.#files.delete(name);
  }

  #leaveOut(file: string, reason: string): void {
    const key = `${file}\n${reason}\n${this.#files.get(file)?.version ?? ''}`;
    if (this.#refused.has(key)) return;
    this.#refused.add(key);
    this.#log.warn({ file, reason }, `a document is left out: ${reason}`);
  }
}
