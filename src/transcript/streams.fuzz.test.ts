import { DataPacket, DataStream_CompressionType } from '@livekit/protocol';
import fc from 'fast-check';
import { LogLevel, Room, setLogLevel } from 'livekit-client';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { fuzzing, fuzzingLimitMs, hostileText } from '#protocol/testing/fuzzing.ts';
import {
  segmentIdAttribute,
  transcriptionFinalAttribute,
  transcriptionTopic,
} from '#protocol/topics.ts';
import { AgentClock } from './clock.ts';
import { toPlainText } from './export.ts';
import { emptyTranscript, reduceTranscript, type TranscriptAction } from './reducer.ts';
import { followTranscription } from './streams.ts';

const [person, agent, stranger] = ['person', 'agent', 'stranger'];
const spoken = 'What is seventeen times twenty-three?';
const answered = ['It is ', '391, as ', 'far as I can count.'];

/** Node knows no media devices, by which livekit-client knows a browser. */
beforeAll(() => {
  // It tells of each packet that it drops.
  setLogLevel(LogLevel.silent);
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal('navigator', { mediaDevices: new EventTarget() });
});
afterAll(() => {
  vi.unstubAllGlobals();
});

/** What a room has inside for what arrives over the data channel. */
interface Receiving {
  readonly handleDataPacket: (packet: DataPacket, encryption: 0) => void;
  readonly incomingDataStreamManager: {
    setConnected(connected: boolean): void;
    clearControllers(): void;
  };
}

/** A packet as it comes out of the data channel, where it can be written down as one at all. */
type Packet = ConstructorParameters<typeof DataPacket>[0];

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));

function header(
  streamId: string,
  participantIdentity: string,
  attributes: Record<string, string>,
): Packet {
  const timestamp = BigInt(Date.now());
  const contentHeader = { case: 'textHeader', value: {} } as const;
  const value = { streamId, topic: transcriptionTopic, timestamp, attributes, contentHeader };
  return { participantIdentity, value: { case: 'streamHeader', value } };
}

function chunk(streamId: string, text: string, index: number): Packet {
  const value = { streamId, chunkIndex: BigInt(index), content: utf8(text) };
  return { value: { case: 'streamChunk', value } };
}

const trailer = (streamId: string): Packet => ({
  value: { case: 'streamTrailer', value: { streamId } },
});

/** A question and its answer, as the agent sends them. */
const sound: readonly Packet[] = [
  header('q', person, { [segmentIdAttribute]: 'question', [transcriptionFinalAttribute]: 'true' }),
  chunk('q', spoken, 0),
  trailer('q'),
  header('a', agent, { [segmentIdAttribute]: 'answer' }),
  ...answered.map((text, index) => chunk('a', text, index)),
  trailer('a'),
];

const streamId = fc.constantFrom('h1', 'h2', 'h3', '', '__proto__');
const wide = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const natural = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((some) => new Uint8Array(some)),
  hostileText.map((text) => utf8(text)),
);
const hostileHeader = fc
  .record({
    streamId,
    participantIdentity: fc.constantFrom(person, agent, stranger, ''),
    topic: fc.constantFrom(transcriptionTopic, transcriptionTopic, 'lk.chat', ''),
    timestamp: fc.oneof(wide, fc.constant(0n)),
    totalLength: fc.option(natural, { nil: undefined }),
    attributes: fc.dictionary(
      fc.oneof(fc.constantFrom(segmentIdAttribute, transcriptionFinalAttribute), hostileText),
      fc.oneof(fc.constantFrom('true', 'false'), hostileText),
      { maxKeys: 3 },
    ),
    kind: fc.constantFrom('textHeader', 'byteHeader'),
    compression: fc.constantFrom(
      DataStream_CompressionType.NONE,
      DataStream_CompressionType.DEFLATE_RAW,
    ),
    inlineContent: fc.option(bytes, { nil: undefined, freq: 5 }),
  })
  .map(({ participantIdentity, kind, totalLength, inlineContent, ...rest }): Packet => {
    const contentHeader = { case: kind, value: {} } as { case: 'textHeader'; value: object };
    const value = {
      ...rest,
      contentHeader,
      ...(totalLength !== undefined && { totalLength }),
      ...(inlineContent && { inlineContent }),
    };
    return { participantIdentity, value: { case: 'streamHeader', value } };
  });
const hostileChunk = fc
  .record({
    streamId,
    chunkIndex: fc.oneof(fc.constantFrom(0n, 1n, 2n), natural),
    content: bytes,
    version: fc.constantFrom(0, 1, -1),
  })
  .map((value): Packet => ({ value: { case: 'streamChunk', value } }));
const hostileTrailer = fc
  .record({
    streamId,
    reason: fc.oneof(fc.constant(''), hostileText),
    attributes: fc.dictionary(hostileText, hostileText, { maxKeys: 2 }),
  })
  .map((value): Packet => ({ value: { case: 'streamTrailer', value } }));
const hostilePacket = fc.record({
  packet: fc.oneof(hostileHeader, hostileHeader, hostileChunk, hostileTrailer),
  /** Before which of the sound packets it comes. */
  before: fc.nat(sound.length),
});

it(
  'keeps what was said whole and can show it, whatever other packets come between',
  async () => {
    const room = new Room();
    const receiving = room as unknown as Receiving;
    // As once it is joined.
    receiving.incomingDataStreamManager.setConnected(true);
    room.localParticipant.identity = person;
    await fc.assert(
      fc.asyncProperty(fc.array(hostilePacket, { maxLength: 8 }), async (hostile) => {
        let transcript = emptyTranscript;
        const clock = new AgentClock();
        let bothEnded = (): void => undefined;
        const ended = new Promise<void>((resolve) => (bothEnded = resolve));
        const missing = new Set(['question', 'answer']);
        const dispatch = (action: TranscriptAction): void => {
          transcript = reduceTranscript(transcript, action);
          const isOver = action.type === 'user_text' || action.type === 'reply_ended';
          if (isOver) missing.delete(action.segmentId);
          if (missing.size === 0) bothEnded();
        };
        const release = followTranscription({
          room,
          toPageMs: (agentMs) => clock.toPage(agentMs, Date.now()),
          isAssistant: (identity) => identity === agent,
          dispatch,
        });
        for (let at = 0; at <= sound.length; at += 1) {
          for (const { packet, before } of hostile) if (before === at) receive(receiving, packet);
          receive(receiving, sound[at]);
        }
        await ended;
        // The room is left: whatever is still open breaks off.
        receiving.incomingDataStreamManager.clearControllers();
        await new Promise(setImmediate);
        release();

        const rows = transcript.rows.list;
        const texts = rows.flatMap((row) => (row.kind === 'utterance' ? [row] : []));
        expect(texts.filter(({ text }) => text.includes(spoken))).toHaveLength(1);
        expect(texts.find(({ id }) => id === 'answer')).toMatchObject({
          text: answered.join(''),
          status: { kind: 'final' },
        });
        expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
        for (const { startedAtMs } of rows) new Date(startedAtMs).toISOString();
        expect(toPlainText(rows, words)).toContain(spoken);
      }),
      fuzzing(0.035),
    );
  },
  fuzzingLimitMs,
);

const words = {
  title: 'Conversation',
  user: 'You',
  assistant: 'Assistant',
  notHeard: 'not heard',
  status: { running: '', done: '', failed: '', cancelled: '' },
};

/** Through the wire format, as the browser has it from the data channel. */
function receive(receiving: Receiving, packet: Packet | undefined): void {
  if (!packet) return;
  const read = DataPacket.fromBinary(new DataPacket(packet).toBinary());
  try {
    receiving.handleDataPacket(read, 0);
  } catch (error) {
    // A second stream of the same id is refused by LiveKit's client, aloud.
    expect(error).toMatchObject({ name: 'DataStreamError' });
  }
}
