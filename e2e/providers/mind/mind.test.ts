import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineTestTimeoutMs } from '../../../agent/engine/test-engine.ts';
import { recorded } from '../../fixtures/spoken/recordings.ts';
import { Mind, type Hearing, type HearingEvent, type Turns } from './mind.ts';

let mind: Mind;

beforeAll(async () => {
  mind = await Mind.start({ name: 'Nova Sonic' });
}, engineTestTimeoutMs);

afterAll(async () => {
  await mind.stop();
});

function silence(durationMs: number): Int16Array {
  return new Int16Array(durationMs * 16);
}

/** Everything up to the first final text. */
function hearUntilFinal(turns: Turns, act: (hearing: Hearing) => void): Promise<HearingEvent[]> {
  return new Promise((resolve) => {
    const events: HearingEvent[] = [];
    const hearing = mind.listen({
      turns,
      onEvent: (event) => {
        events.push(event);
        if (event.type !== 'final') return;
        hearing.close();
        resolve(events);
      },
    });
    act(hearing);
  });
}

describe('hearing', () => {
  it('finds the turn by its own silence, and tells where it was', async () => {
    const question = recorded('What time is it in Tokyo?');
    const events = await hearUntilFinal({ kind: 'found', silenceMs: 1500 }, (hearing) => {
      hearing.hear(silence(400));
      hearing.hear(question);
      hearing.hear(silence(2500));
    });
    const kinds = events.map(({ type }) => type).filter((type) => type !== 'interim');
    expect(kinds).toEqual(['speech_started', 'speech_stopped', 'final']);
    const stopped = events.find((event) => event.type === 'speech_stopped');
    if (stopped?.type !== 'speech_stopped') throw new Error('Unreachable.');
    expect(stopped.decidedAtMs - stopped.atMs).toBeGreaterThanOrEqual(1500);
    expect(stopped.decidedAtMs - stopped.atMs).toBeLessThan(1600);
    expect(events.at(-1)).toMatchObject({
      text: expect.stringMatching(/time is it in tokyo/i) as string,
    });
  });

  it('leaves the end to the client in turns by hand, and drops what is cleared', async () => {
    const dropped = recorded('Tell me a joke.');
    const kept = recorded('What is seventeen times twenty-three?');
    const events = await hearUntilFinal({ kind: 'manual' }, (hearing) => {
      hearing.hear(dropped);
      hearing.clear();
      hearing.hear(kept);
      hearing.commit();
    });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: 'final',
      text: expect.stringMatching(/times (23|twenty.?three)/i) as string,
    });
  });
});

describe('thinking', () => {
  const tools = ['get_time', 'tell_story', 'search_knowledge'].map((name) => ({ name }));

  it('calls only tools that the client offered', () => {
    expect(mind.think({ text: 'What time is it in Tokyo?', history: [], tools })).toEqual({
      kind: 'calls',
      calls: [{ name: 'get_time', arguments: { place: 'tokyo' } }],
    });
    expect(mind.think({ text: 'Flip a coin.', history: [], tools })).toEqual({
      kind: 'words',
      text: 'I understood: Coin. But I was given no tool for that.',
    });
  });

  it('is not put off by a beginning that was misheard', () => {
    const text = 'Stop! what a seventeen times twenty-three!';
    expect(mind.think({ text, history: [], tools: [{ name: 'calculate' }] })).toMatchObject({
      calls: [{ name: 'calculate' }],
    });
    const nonsense = 'The green chair sings a quiet house below the river.';
    expect(mind.think({ text: nonsense, history: [], tools })).toEqual({
      kind: 'words',
      text: `I understood: ${nonsense} I have no answer to that.`,
    });
  });

  it('understands a follow-up from the calls in the history', () => {
    const history = [
      { role: 'user', text: 'What time is it?' },
      { role: 'tool', name: 'get_time', arguments: {}, output: '{"say":"Nine."}' },
      { role: 'assistant', text: 'Nine.' },
    ] as const;
    expect(mind.think({ text: 'And in London?', history, tools })).toMatchObject({
      calls: [{ name: 'get_time', arguments: { place: 'london' } }],
    });
  });

  it('knows the conversation from what it was given, and nothing else', () => {
    const history = [
      { role: 'user', text: 'Hello.' },
      { role: 'assistant', text: 'Hi.' },
      { role: 'user', text: 'What is six times seven?' },
    ] as const;
    const about = (text: string) => mind.think({ text, history, tools });
    expect(about('What was my first question?')).toEqual({
      kind: 'words',
      text: 'Your first question was: What is six times seven?',
    });
    expect(about('What did I ask first?')).toMatchObject({
      text: 'Your first question was: What is six times seven?',
    });
    expect(about('What did I say first?')).toMatchObject({
      text: expect.stringContaining('Hello') as string,
    });
    expect(mind.think({ text: 'What was my first question?', history: [], tools })).toEqual({
      kind: 'words',
      text: 'I know of nothing that came before.',
    });
    expect(about('Who are you?')).toMatchObject({ text: 'This is Nova Sonic speaking.' });
  });

  it('says what it is told to, whatever else there is to answer', () => {
    const order = 'Say exactly this, and nothing before or after it: Hello: I am here. Ask me!';
    const words = { kind: 'words', text: 'Hello: I am here. Ask me!' };
    expect(mind.think({ text: order, history: [], tools })).toEqual(words);
    expect(
      mind.think({ text: 'Flip a coin.', history: [], tools, instructions: `Be kind.\n${order}` }),
    ).toEqual(words);
  });

  it('calls the person as its instructions say', () => {
    const about = { text: 'What do you call me?', history: [], tools };
    expect(mind.think({ ...about, instructions: 'Be brief, and call me Robin.' })).toMatchObject({
      text: 'I call you Robin.',
    });
    expect(mind.think(about)).toMatchObject({ text: 'I have no name for you.' });
  });

  it('goes on with its story behind the words that it knows to have said', () => {
    const history = [
      { role: 'user', text: 'Tell me a long story.' },
      { role: 'assistant', text: 'Here is the story of the clock of Harrow Sound. On the north' },
    ] as const;
    const text = 'You were interrupted. Go on from exactly where you were cut off.';
    expect(mind.think({ text, history, tools })).toMatchObject({
      kind: 'words',
      text: expect.stringMatching(/^coast, where the road gives out.*there is plenty\.$/) as string,
    });
    expect(mind.think({ text, history: [], tools })).toEqual({
      kind: 'words',
      text: 'I do not know where I was.',
    });
  });

  it('fills a tool that it has never seen by its schema', () => {
    const order = {
      name: 'shop_order_status',
      parameters: {
        type: 'object',
        properties: { number: { type: 'integer' }, shop: { type: 'string' } },
        required: ['number'],
      },
    };
    const thought = mind.think({
      text: 'What is the status of order 4711?',
      history: [],
      tools: [...tools, order],
    });
    expect(thought).toEqual({
      kind: 'calls',
      calls: [{ name: 'shop_order_status', arguments: { number: 4711 } }],
    });
  });

  it.each([
    ['{"say":"It is noon.","time":12}', 'It is noon.'],
    ['"noon"', 'noon'],
    [JSON.stringify(JSON.stringify({ say: 'Twice.' })), 'Twice.'],
    ['{"tool_result":"plain"}', 'plain'],
    ['{"content":[{"type":"text","text":"From a server."}]}', 'From a server.'],
    ['{"error":"The server is gone."}', 'That did not work. The server is gone.'],
  ])('says the result %s', (output, words) => {
    expect(mind.tell([{ output }])).toBe(words);
  });
});

describe('speaking', () => {
  it('gives sound, text and times that agree, faster than they are heard', async () => {
    const text = 'It is six minutes past nine, in Tokyo. Is there anything else?';
    const startedAt = performance.now();
    let said = '';
    let samples = 0;
    for await (const piece of mind.speak(text, { rateHz: 24_000 })) {
      said += piece.text;
      samples += piece.pcm.length;
      expect(piece.words.map((word) => word.text).join('')).toBe(piece.text);
      expect(Math.abs(piece.endMs - piece.startMs - piece.pcm.length / 24)).toBeLessThan(1);
    }
    expect(said).toBe(text);
    expect(performance.now() - startedAt).toBeLessThan(samples / 24);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    let pieces = 0;
    const story = 'One sentence is here. '.repeat(60);
    for await (const piece of mind.speak(story, { signal: stop.signal })) {
      if (piece.pcm.length > 0) pieces += 1;
      stop.abort();
    }
    expect(pieces).toBe(1);
  });
});
