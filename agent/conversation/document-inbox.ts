import type { ByteStreamReader, Room } from '@livekit/rtc-node';
import { isReadable, mostDocumentBytes, mostDocuments } from '#protocol/documents.ts';
import { documentTopic } from '#protocol/topics.ts';

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

/** Documents on their way from one person's page, each held until it is asked for, once. */
export class DocumentInbox {
  readonly #arrivals = new Map<string, Arrival>();

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

  /** Rejects with the reason, for a person, where it has not come or is too large. */
  async take(id: string): Promise<ReceivedDocument> {
    const arrival = this.#arrivals.get(id);
    if (!arrival) throw new Error('it has not arrived');
    try {
      return await within(arrivingMs, arrival.document);
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

async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it has not arrived in time')), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
