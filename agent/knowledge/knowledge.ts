/** A piece of a document that fits a question. */
export interface Passage {
  readonly text: string;
  /** Path of the file inside the folder, with `/`. */
  readonly file: string;
  /** Page of a PDF, from 1. */
  readonly page?: number;
  /** The nearest heading above the passage. */
  readonly heading?: string;
  /** The sentence of the passage that answers best, fit to be spoken. */
  readonly answer: string;
  /** How many of the question's meaningful words the passage holds, 0 to 1. */
  readonly coverage: number;
}

/** Search over the person's own documents. Never rejects: with nothing to search it finds nothing. */
export interface KnowledgeSearch {
  search(query: string, limit?: number): Promise<readonly Passage[]>;
}
