/** A document that the person has given to the assistant, or tried to. */
export interface GivenDocument {
  readonly id: string;
  readonly name: string;
  readonly state:
    { kind: 'reading' } | { kind: 'ready'; passages: number } | { kind: 'refused'; why: string };
}

/** The assistant, as far as it takes documents. */
export interface DocumentReader {
  /** Resolves with the id of the stream once all of it is sent. */
  sendDocument(file: File): Promise<string>;
  /** Asks by `parley.document`. */
  document(payload: string): Promise<string>;
}

export interface DocumentsHost {
  changed(documents: readonly GivenDocument[]): void;
  /** Writes into the margin of the transcript. */
  note(id: string, text: string, atMs: number): void;
}
