import { RpcError } from 'livekit-client';
import { decode, encode } from '#protocol/codec.ts';
import { plainDetail } from '#protocol/detail.ts';
import {
  documentRequest,
  documentResponse,
  isReadable,
  mostDocumentBytes,
  mostDocuments,
  type DocumentRequest,
} from '#protocol/documents.ts';
import { refusal } from '#protocol/refusal.ts';
import { documentWords as said } from '../words/documents.ts';
import type { DocumentReader, DocumentsHost, GivenDocument } from './document.ts';

interface Entry {
  readonly view: GivenDocument;
  readonly file: File;
  /** Of the stream by which the present assistant got it. */
  readonly streamId?: string;
}

/** The documents that a person gives to the assistant for one conversation. Whoever takes its place there gets them as well. */
export class GivenDocuments {
  readonly #host: DocumentsHost;
  #entries: readonly Entry[] = [];
  #reader: DocumentReader | undefined;

  constructor(host: DocumentsHost) {
    this.#host = host;
  }

  /** An assistant is there, or none; one that has just come knows nothing of what was given. */
  assistant(reader: DocumentReader | undefined): void {
    this.#reader = reader;
    if (!reader) return;
    for (const { view } of this.#entries) {
      if (view.state.kind !== 'refused') void this.#send(view.id, reader);
    }
  }

  give(files: readonly File[]): void {
    for (const file of files) {
      const id = crypto.randomUUID();
      const why = this.#obstacle(file);
      const state =
        why === undefined ? { kind: 'reading' as const } : { kind: 'refused' as const, why };
      this.#set([...this.#entries, { view: { id, name: file.name, state }, file }]);
      if (why === undefined && this.#reader) void this.#send(id, this.#reader);
    }
  }

  takeBack(id: string): void {
    const entry = this.#find(id);
    if (!entry) return;
    this.#set(this.#entries.filter((other) => other !== entry));
    if (entry.view.state.kind === 'refused') return;
    this.#host.note(`document-${id}-taken`, said.taken(entry.view.name), Date.now());
    const { streamId } = entry;
    // An assistant that is gone has forgotten it in any case.
    if (streamId !== undefined && this.#reader) {
      void ask(this.#reader, { want: 'forget', id: streamId }).catch(() => undefined);
    }
  }

  /** The conversation is over. */
  clear(): void {
    this.#reader = undefined;
    if (this.#entries.length > 0) this.#set([]);
  }

  #obstacle(file: File): string | undefined {
    const { obstacles } = said;
    const held = this.#entries.filter(({ view }) => view.state.kind !== 'refused').length;
    if (!isReadable(file.name)) return obstacles.kind;
    if (file.size > mostDocumentBytes) return obstacles.size;
    if (file.size === 0) return obstacles.empty;
    if (held >= mostDocuments) return obstacles.count;
    return this.#reader ? undefined : obstacles.absent;
  }

  async #send(id: string, reader: DocumentReader): Promise<void> {
    const entry = this.#find(id);
    if (!entry) return;
    const isFirst = entry.view.state.kind === 'reading';
    try {
      const streamId = await reader.sendDocument(entry.file);
      const passages = await ask(reader, { want: 'read', id: streamId });
      if (!this.#find(id)) {
        // It was taken back while it was on its way.
        await ask(reader, { want: 'forget', id: streamId });
        return;
      }
      if (reader !== this.#reader) return;
      this.#replace(id, { kind: 'ready', passages }, streamId);
      if (isFirst) {
        this.#host.note(`document-${id}`, said.given(entry.view.name, passages), Date.now());
      }
    } catch (error) {
      // The next assistant gets it once more.
      if (reader !== this.#reader) return;
      const told = error instanceof RpcError && error.code === refusal.impossible;
      const why = told ? plainDetail(error) : said.obstacles.failed;
      this.#replace(id, { kind: 'refused', why });
    }
  }

  #find(id: string): Entry | undefined {
    return this.#entries.find(({ view }) => view.id === id);
  }

  #replace(id: string, state: GivenDocument['state'], streamId?: string): void {
    this.#set(
      this.#entries.map((entry) =>
        entry.view.id === id
          ? {
              view: { ...entry.view, state },
              file: entry.file,
              ...(streamId !== undefined && { streamId }),
            }
          : entry,
      ),
    );
  }

  #set(entries: readonly Entry[]): void {
    this.#entries = entries;
    this.#host.changed(entries.map(({ view }) => view));
  }
}

async function ask(reader: DocumentReader, request: DocumentRequest): Promise<number> {
  const answer = decode(documentResponse, await reader.document(encode(documentRequest, request)));
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value.passages;
}
