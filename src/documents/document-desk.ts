import type { DocumentReader, DocumentsHost } from './document.ts';
import type { GivenDocuments } from './given-documents.ts';

/** Where documents are handed over. What deals with them is fetched with the first one. */
export class DocumentDesk {
  readonly #host: DocumentsHost;
  #given: GivenDocuments | undefined;
  #reader: DocumentReader | undefined;

  constructor(host: DocumentsHost) {
    this.#host = host;
  }

  /** An assistant is there, or none. */
  assistant(reader: DocumentReader | undefined): void {
    this.#reader = reader;
    this.#given?.assistant(reader);
  }

  async give(files: readonly File[]): Promise<void> {
    const { GivenDocuments } = await import('./given-documents.ts');
    if (!this.#given) {
      this.#given = new GivenDocuments(this.#host);
      this.#given.assistant(this.#reader);
    }
    this.#given.give(files);
  }

  takeBack(id: string): void {
    this.#given?.takeBack(id);
  }

  /** The conversation is over. */
  clear(): void {
    this.#given?.clear();
  }
}
