import type { ByteStreamReader, Room } from '@livekit/rtc-node';
import { plainDetail } from '#protocol/detail.ts';
import {
  isReadable,
  mostDocumentBytes,
  mostDocuments,
  type DocumentRequest,
} from '#protocol/documents.ts';
import { documentTopic } from '#protocol/topics.ts';
import type { GivenKnowledge } from '../knowledge/given.ts';
import { within } from '../voice/patience.ts';
import { Impossible } from './remote-control.ts';

/** What came in and is not asked for within this time, in ms, is thrown away. */
const keptMs = 60_000;
/** How long the end of a stream is waited for once it is asked for, in ms. */
const arrivingMs = 10_000;

interface ReceivedDocument {
  readonly name: string;
  readonly content: Buffer;
}

interface Arrival {
  readonly document: Promise<ReceivedDocument>;
  readonly forget: () => void;
}

/** Documents on their way from one person's page, each held until the page asks for it to be read, once. */
export class DocumentInbox {
  readonly #knowledge: GivenKnowledge;
  readonly #arrivals = new Map<string, Arrival>();

  /** What is read goes into this knowledge. */
  constructor(knowledge: GivenKnowledge) {
    this.#knowledge = knowledge;
  }

  /** Listens for what this participant sends. Returns the release. */
  open(room: Room, identity: string): () => void {
    room.registerByteStreamHandler(documentTopic, (reader, sender) => {
      if (sender.identity !== identity || this.#arrivals.size >= mostDocuments) {
        void reader.close();
        return;
      }
      this.#receive(reader);
    });
    return () => {
      room.unregisterByteStreamHandler(documentTopic);
      for (const { forget } of this.#arrivals.values()) forget();
    };
  }

  /** Resolves to how many passages of the document can be found now. Throws `Impossible` if it cannot be read. */
  async answer({ want, id }: DocumentRequest): Promise<number> {
    if (want === 'forget') {
      this.#knowledge.forget(id);
      return 0;
    }
    try {
      const { name, content } = await this.#take(id);
      if (this.#knowledge.count >= mostDocuments) {
        throw new Error('there are as many as can be held');
      }
      return await this.#knowledge.add(id, name, content);
    } catch (error) {
      throw new Impossible(`It cannot be read: ${plainDetail(error)}.`);
    }
  }

  /** Rejects with the reason, for a person, where it has not come or is too large. */
  async #take(id: string): Promise<ReceivedDocument> {
    const arrival = this.#arrivals.get(id);
    if (!arrival) throw new Error('it has not arrived');
    try {
      const document = await within(arrivingMs, arrival.document);
      if (document === 'late') throw new Error('it has not arrived in time');
      return document;
    } finally {
      arrival.forget();
    }
  }

  #receive(reader: ByteStreamReader): void {
    const { streamId } = reader.info;
    const document = readAll(reader);
    // Whether anybody asks for it or not.
    document.catch(() => undefined);
    const timer = setTimeout(() => forget(), keptMs);
    const forget = (): void => {
      clearTimeout(timer);
      this.#arrivals.delete(streamId);
      void reader.close();
    };
    this.#arrivals.set(streamId, { document, forget });
  }
}

async function readAll(reader: ByteStreamReader): Promise<ReceivedDocument> {
  const { name: given, totalSize = 0 } = reader.info;
  const name = plainName(given);
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  if (!isReadable(name)) throw new Error('it is of no kind that can be read');
  if (totalSize > mostDocumentBytes) throw tooLarge();
  for await (const piece of reader) {
    bytes += piece.byteLength;
    // Leaving the loop closes the stream; what it said of its size is not to be trusted.
    if (bytes > mostDocumentBytes) throw tooLarge();
    pieces.push(piece);
  }
  return { name, content: Buffer.concat(pieces) };
}

function tooLarge(): Error {
  return new Error(`it is larger than ${mostDocumentBytes / 1024 / 1024} MB`);
}

/** The last part of a path, without what cannot be seen, at most 120 characters and with its ending. */
function plainName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const plain = last.replace(/[\p{C}]/gu, '').trim();
  return plain.slice(-120);
}
