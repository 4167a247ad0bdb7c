import { readContent } from './documents.ts';
import type { KnowledgeSearch, Passage } from './knowledge.ts';
import { Passages } from './passages.ts';

/** Of all documents of one conversation together. */
const mostPassages = 5_000;

/** Search over what a person has given in this conversation, and over all else that there is. */
export class GivenKnowledge implements KnowledgeSearch {
  readonly #others: KnowledgeSearch;
  readonly #passages = new Passages(mostPassages);
  readonly #documents = new Map<string, readonly number[]>();

  constructor(others: KnowledgeSearch) {
    this.#others = others;
  }

  get count(): number {
    return this.#documents.size;
  }

  /**
   * Takes in a document under an id, in place of the one with the same id. Resolves with how many passages of it can be found. Rejects with the reason,
   * for a person, if it cannot be read.
   */
  async add(id: string, name: string, content: Buffer): Promise<number> {
    const chunks = await readContent(name, content);
    if (chunks.length === 0) throw new Error('there is no text in it');
    this.forget(id);
    const ids = this.#passages.add(name, chunks);
    if (ids.length === 0) throw new Error('there is no room for it beside the others');
    this.#documents.set(id, ids);
    return ids.length;
  }

  forget(id: string): void {
    this.#passages.drop(this.#documents.get(id) ?? []);
    this.#documents.delete(id);
  }

  /** What was given goes before what was there, where both fit the question alike. */
  async search(query: string, limit = 3): Promise<readonly Passage[]> {
    const given = this.#passages.search(query, limit);
    const others = await this.#others.search(query, limit);
    return [...given, ...others].sort((a, b) => b.coverage - a.coverage).slice(0, limit);
  }
}
