import { Room, RoomEvent } from '@livekit/rtc-node';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encode } from '#protocol/codec.ts';
import { fuzzing, fuzzingLimitMs, hostileJson } from '#protocol/testing/fuzzing.ts';
import { vadTopic } from '#protocol/topics.ts';
import { vadMessage } from '#protocol/vad.ts';
import { PageSpeech } from './page-speech.ts';

const started = { event: 'started', atMs: 5000, probability: 0.7 } as const;
const stopped = { event: 'stopped', atMs: 6000, probability: 0.1 } as const;
/** What is not JSON, is none of our messages, or is no text at all. */
const malformed = fc.oneof(
  fc.uint8Array({ maxLength: 60 }).map((some) => new Uint8Array(some)),
  hostileJson([started, stopped])
    .filter((text) => !vadMessage.schema.safeParse(parsed(text)).success)
    .map((text) => new Uint8Array(Buffer.from(text))),
);
const hostile = fc.record({
  bytes: malformed,
  from: fc.constantFrom('person', 'stranger', undefined),
  topic: fc.constantFrom(vadTopic, vadTopic, 'parley.event', '', undefined),
  /** Behind so many of the two sound messages. */
  behind: fc.nat(2),
});

it(
  'hears what the page tells of speech, whatever other bytes come between',
  () => {
    const room = new Room();
    const arriving = room as { emit(event: RoomEvent, ...told: readonly unknown[]): boolean };
    const receive = (bytes: Uint8Array, identity?: string, topic?: string): void => {
      const sender = identity === undefined ? undefined : { identity };
      arriving.emit(RoomEvent.DataReceived, bytes, sender, undefined, topic);
    };
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 10 }), (others) => {
        const told: string[] = [];
        const page = new PageSpeech({
          started: () => told.push('started'),
          stopped: () => told.push('stopped'),
          present: (present) => told.push(present ? 'present' : 'absent'),
        });
        const release = page.follow(room, 'person');
        [started, stopped, undefined].forEach((sound, at) => {
          for (const { bytes, from, topic, behind } of others) {
            if (behind === at) receive(bytes, from, topic);
          }
          // A stranger's news counts for nothing, however sound it is.
          receive(Buffer.from(encode(vadMessage, stopped)), 'stranger', vadTopic);
          if (sound) receive(Buffer.from(encode(vadMessage, sound)), 'person', vadTopic);
        });
        release();
        expect(told).toEqual(['present', 'started', 'stopped']);
      }),
      fuzzing(0.05),
    );
  },
  fuzzingLimitMs,
);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
