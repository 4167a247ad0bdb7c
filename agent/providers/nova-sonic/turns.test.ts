import { expect, test } from 'vitest';
import type { Generation } from './generation.ts';
import { TurnTracker, type TurnListener } from './turns.ts';
import type { OutputEvent } from './wire/output-events.ts';

/** A tracker with a record of what it told, and short ways to feed it. */
class Scene {
  readonly told: string[] = [];
  readonly generations: Generation[] = [];
  /** As the framework does it when the user begins to speak. */
  onUserStarted: () => void = () => undefined;
  readonly #listener: TurnListener = {
    userStarted: () => {
      this.told.push('user started');
      this.onUserStarted();
    },
    userSaid: (_, text) => void this.told.push(`user: ${text}`),
    userFinished: (_, text) => void this.told.push(`user finished: ${text}`),
    replyIsAwaited: () => false,
    generationOpened: (generation) => {
      this.told.push('reply opened');
      this.generations.push(generation);
    },
    generationClosed: () => void this.told.push('reply closed'),
    toolCalled: (id, name) => void this.told.push(`tool ${name} ${id}`),
    toolRefused: (id) => void this.told.push(`tool refused ${id}`),
    pieceEnded: () => undefined,
  };
  readonly tracker = new TurnTracker(this.#listener);
  #id = 0;

  feed(...events: readonly OutputEvent[]): this {
    for (const event of events) this.tracker.handle(event);
    return this;
  }

  text(role: string, stage: string, content: string): this {
    const contentId = `t${(this.#id += 1)}`;
    return this.feed(
      { type: 'contentStart', contentId, kind: 'TEXT', role, stage },
      { type: 'textOutput', contentId, role, content },
      { type: 'contentEnd', contentId, stopReason: 'PARTIAL_TURN' },
    );
  }

  user(content: string): this {
    return this.text('USER', 'FINAL', content);
  }

  plan(content: string): this {
    return this.text('ASSISTANT', 'SPECULATIVE', content);
  }

  soundStart(contentId: string): this {
    return this.feed({
      type: 'contentStart',
      contentId,
      kind: 'AUDIO',
      role: 'ASSISTANT',
      stage: undefined,
    });
  }

  sound(contentId: string, samples: number): this {
    const content = Buffer.alloc(samples * 2, 1).toString('base64');
    return this.feed({ type: 'audioOutput', contentId, content });
  }

  soundEnd(contentId: string, stopReason: string): this {
    return this.feed({ type: 'contentEnd', contentId, stopReason });
  }

  tool(toolUseId: string): this {
    return this.feed({ type: 'toolUse', toolUseId, toolName: 'now', content: '{}' });
  }
}

async function read<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of stream) all.push(item);
  return all;
}

async function contents(generation: Generation | undefined) {
  const [message] = generation ? await read(generation.event.messageStream) : [];
  const text = message ? (await read(message.textStream)).map(String).join('') : '';
  const frames = message ? await read(message.audioStream) : [];
  return { text, samples: frames.reduce((sum, frame) => sum + frame.samplesPerChannel, 0) };
}

test('a turn of the user in several blocks, and a reply in two', async () => {
  const scene = new Scene()
    .user('What is')
    .user('the time?')
    .plan('It is noon.')
    .soundStart('a1')
    .sound('a1', 240)
    .soundEnd('a1', 'PARTIAL_TURN')
    .plan('Time to eat.')
    .soundStart('a2')
    .sound('a2', 480)
    .soundEnd('a2', 'END_TURN')
    .text('ASSISTANT', 'FINAL', 'It is noon.')
    .text('ASSISTANT', 'FINAL', 'Time for food.');
  expect(scene.told).toEqual([
    'user started',
    'user: What is',
    'user: What is the time?',
    'user finished: What is the time?',
    'reply opened',
    'reply closed',
  ]);
  const [reply] = scene.generations;
  expect(await contents(reply)).toEqual({ text: 'It is noon. Time to eat.', samples: 720 });
  expect(reply?.text).toBe('It is noon. Time for food.');
});

test.each([['{ "interrupted" : true }'], ['{"interrupted":true}\n']])(
  'a barge-in ends the reply, and its late sound is dropped (%s)',
  async (marker) => {
    const scene = new Scene()
      .plan('A long story.')
      .soundStart('a1')
      .sound('a1', 240)
      .text('ASSISTANT', 'FINAL', marker)
      .sound('a1', 999)
      .soundEnd('a1', 'INTERRUPTED')
      .sound('a1', 999)
      .user('Stop.')
      .plan('All right.')
      .sound('a1', 999)
      .soundStart('a2')
      .sound('a2', 480)
      .soundEnd('a2', 'END_TURN');
    expect(scene.told).toEqual([
      'reply opened',
      'reply closed',
      'user started',
      'user: Stop.',
      'user finished: Stop.',
      'reply opened',
      'reply closed',
    ]);
    expect(await contents(scene.generations[0])).toEqual({ text: 'A long story.', samples: 240 });
    expect(await contents(scene.generations[1])).toEqual({ text: 'All right.', samples: 480 });
    expect(scene.generations[0]?.text).toBe('');
  },
);

test('the end of an interrupted block does not cut the reply that came since', async () => {
  const scene = new Scene().plan('Old.').soundStart('a1').sound('a1', 240);
  scene.user('Wait.').plan('New.').soundStart('a2').sound('a2', 100);
  scene.soundEnd('a1', 'INTERRUPTED').sound('a2', 100).soundEnd('a2', 'END_TURN');
  expect(await contents(scene.generations[1])).toEqual({ text: 'New.', samples: 200 });
});

test('after a local interruption the rest of the reply is dropped, further blocks included', async () => {
  const scene = new Scene().plan('One.').soundStart('a1').sound('a1', 100);
  expect(scene.tracker.interrupt()).toBe(true);
  scene.soundEnd('a1', 'PARTIAL_TURN').plan('Two.').soundStart('a2').sound('a2', 100);
  scene.tool('call-1').soundEnd('a2', 'END_TURN');
  scene.plan('Another reply.').soundStart('a3').sound('a3', 300).soundEnd('a3', 'END_TURN');
  expect(scene.told).toEqual([
    'reply opened',
    'reply closed',
    'tool refused call-1',
    'reply opened',
    'reply closed',
  ]);
  expect(await contents(scene.generations[0])).toEqual({ text: 'One.', samples: 100 });
  expect(await contents(scene.generations[1])).toEqual({ text: 'Another reply.', samples: 300 });
});

test('words of the user end the dropping, also where the listener interrupts on them', () => {
  const scene = new Scene().plan('One.').soundStart('a1');
  scene.onUserStarted = () => scene.tracker.discard();
  scene.user('No, wait.').plan('Yes?');
  expect(scene.told.slice(-2)).toEqual(['user finished: No, wait.', 'reply opened']);
});

test('a tool call closes the reply, and what follows the result is a new one', async () => {
  const scene = new Scene().user('The time?').tool('call-1').tool('call-2').plan('Noon.');
  expect(scene.told).toEqual([
    'user started',
    'user: The time?',
    'user finished: The time?',
    'reply opened',
    'tool now call-1',
    'reply closed',
    'reply opened',
    'tool now call-2',
    'reply closed',
    'reply opened',
  ]);
  const [first] = scene.generations;
  expect(first ? await read(first.event.functionStream) : []).toMatchObject([
    { callId: 'call-1', name: 'now', args: '{}' },
  ]);
});

test('typed words that come back are not taken for speech', () => {
  const scene = new Scene();
  scene.tracker.typed('Tell me a joke.');
  scene.user('Tell me a joke.').plan('Knock knock.');
  scene.user('Tell me a joke.');
  expect(scene.told).toEqual([
    'reply opened',
    'reply closed',
    'user started',
    'user: Tell me a joke.',
  ]);
});

test('sound in pieces that split a sample stays whole', async () => {
  const scene = new Scene().soundStart('a1');
  const bytes = Buffer.from(Int16Array.from([1, -2, 300, -400]).buffer);
  for (const part of [bytes.subarray(0, 3), bytes.subarray(3, 4), bytes.subarray(4)]) {
    scene.feed({ type: 'audioOutput', contentId: 'a1', content: part.toString('base64') });
  }
  scene.soundEnd('a1', 'END_TURN');
  const [reply] = scene.generations;
  const [message] = reply ? await read(reply.event.messageStream) : [];
  const frames = message ? await read(message.audioStream) : [];
  expect(frames.flatMap(({ data }) => Array.from(data))).toEqual([1, -2, 300, -400]);
});
