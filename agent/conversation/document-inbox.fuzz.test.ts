import { ReadableStream } from 'node:stream/web';
import { ByteStreamReader, Room, type ByteStreamInfo } from '@livekit/rtc-node';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mostDocumentBytes } from '#protocol/documents.ts';
import { fuzzing, fuzzingLimitMs, hostileText } from '#protocol/testing/fuzzing.ts';
import { documentTopic } from '#protocol/topics.ts';
import { GivenKnowledge } from '../knowledge/given.ts';
import { DocumentInbox } from './document-inbox.ts';
import { Impossible } from './remote-control.ts';

const boiler = '# Boiler\n\nThe boiler in the cellar is serviced by Hartmann every March.';
const ids = ['h1', 'h2', '', '__proto__', 'constructor'];

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((some) => Buffer.from(some)),
  hostileText.map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 20 }).map((some) => Buffer.concat([Buffer.from('%PDF-1.7\n'), some])),
);
const hostile = fc.record({
  streamId: fc.constantFrom(...ids),
  name: fc.oneof(
    fc.constantFrom('a.txt', 'a.md', 'a.MARKDOWN', '../../etc/passwd', '.pdf', 'a.exe'),
    hostileText,
    hostileText.map((text) => `${text}.md`),
  ),
  totalSize: fc.option(fc.constantFrom(0, -1, NaN, 7, mostDocumentBytes + 1), { nil: undefined }),
  from: fc.constantFrom('person', 'person', 'stranger', ''),
  pieces: fc.array(bytes, { maxLength: 3 }),
  // Seldom, since LiveKit's library writes a line to the log each time.
  end: fc.oneof(
    { arbitrary: fc.constant('closed' as const), weight: 30 },
    { arbitrary: fc.constant('broken off' as const), weight: 1 },
  ),
  /** What the page asks for afterwards, if anything. */
  want: fc.constantFrom('read', 'read', 'forget', undefined),
  /** Whether it is asked for under its own id. */
  askedAs: fc.option(fc.constantFrom(...ids), { nil: undefined }),
});

/** As a room has it when somebody sends a document. */
function arrive(room: Room, identity: string, reader: ByteStreamReader): void {
  const { byteStreamHandlers } = room as unknown as {
    readonly byteStreamHandlers: ReadonlyMap<
      string,
      (reader: ByteStreamReader, sender: { readonly identity: string }) => void
    >;
  };
  byteStreamHandlers.get(documentTopic)?.(reader, { identity });
}

function sent(
  { streamId, name, totalSize }: { streamId: string; name: string; totalSize?: number | undefined },
  pieces: readonly Uint8Array[],
  end: 'closed' | 'broken off',
): ByteStreamReader {
  const stream = new ReadableStream({
    start(controller) {
      for (const content of pieces) controller.enqueue({ content });
      if (end === 'closed') controller.close();
      else controller.error(new Error('The stream broke off.'));
    },
  });
  const about = { mimeType: '', topic: documentTopic, timestamp: 0 };
  const info: ByteStreamInfo = {
    ...about,
    streamId,
    name,
    ...(totalSize !== undefined && { totalSize }),
  };
  return new ByteStreamReader(info, stream as ConstructorParameters<typeof ByteStreamReader>[1]);
}

it(
  'reads the document that a person gives, whatever else is sent and asked for before',
  async () => {
    const room = new Room();
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { maxLength: 6 }), async (others) => {
        const knowledge = new GivenKnowledge({ search: () => Promise.resolve([]) });
        const inbox = new DocumentInbox(knowledge);
        const release = inbox.open(room, 'person');
        for (const { from, pieces, end, want, askedAs, ...about } of others) {
          arrive(room, from, sent(about, pieces, end));
          if (!want) continue;
          const asked = { want, id: askedAs ?? about.streamId } as const;
          const outcome = await inbox.answer(asked).catch((error: unknown) => error);
          if (typeof outcome === 'number') expect(outcome).toBeGreaterThanOrEqual(0);
          else expect(outcome).toBeInstanceOf(Impossible);
        }
        for (const id of ids) await inbox.answer({ want: 'forget', id });
        arrive(
          room,
          'person',
          sent({ streamId: 'own', name: 'house.md' }, [Buffer.from(boiler)], 'closed'),
        );
        expect(await inbox.answer({ want: 'read', id: 'own' })).toBe(1);
        expect(await knowledge.search('Who services the boiler?')).toMatchObject([
          { file: 'house.md' },
        ]);
        release();
      }),
      fuzzing(0.3),
    );
  },
  fuzzingLimitMs,
);
