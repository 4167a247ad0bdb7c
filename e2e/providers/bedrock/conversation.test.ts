import { describe, expect, it, vi } from 'vitest';
import { recorded } from '../../fixtures/spoken/recordings.ts';
import { atRate } from '../mind/rate.ts';
import { isEndOfReply, isToolUse, silence, talkingTo, TestBench } from './test-bench.ts';
import { RawClient } from './test-client.ts';

const bench = new TestBench();

describe('a conversation', () => {
  it('hears a question, calls a tool, says its result, and ends as it should', async () => {
    const emulator = await bench.emulate();
    const client = talkingTo(emulator, { tools: ['get_time'] });
    client.say(silence(300), recorded('What time is it in Tokyo?'), silence(1800));
    const call = await client.until(isToolUse);
    expect(call).toMatchObject({ toolName: 'get_time', content: '{"place":"tokyo"}' });
    client.toolResult(call.toolUseId ?? '', '{"say":"It is six minutes past nine in Tokyo."}');
    await client.until(isEndOfReply);
    client.close();
    await client.finished;

    expect(client.texts('USER', 'FINAL').join(' ')).toMatch(/what time is it in tokyo/i);
    expect(client.texts('ASSISTANT', 'SPECULATIVE').join(' ')).toBe(
      'It is six minutes past nine in Tokyo.',
    );
    expect(client.texts('ASSISTANT', 'FINAL')).toEqual(client.texts('ASSISTANT', 'SPECULATIVE'));
    expect(
      await bench.transcript(atRate(client.sound(), { fromHz: 24_000, toHz: 16_000 })),
    ).toMatch(/minutes past nine in tokyo/i);
    const names = client.received.map(({ name }) => name);
    expect(names[0]).toBe('completionStart');
    expect(names.at(-1)).toBe('completionEnd');
    const totals = client.received.flatMap(({ totalTokens }) => totalTokens ?? []);
    expect(totals.length).toBeGreaterThan(1);
    expect(totals).toEqual([...totals].sort((a, b) => a - b));
    expect(emulator.believes()).toMatchObject([
      { role: 'user' },
      { role: 'tool', name: 'get_time' },
      { role: 'assistant', text: 'It is six minutes past nine in Tokyo.', interrupted: false },
    ]);
  });

  it('is cut short by speech, sends sound that is late, and believes no more than was heard', async () => {
    const emulator = await bench.emulate();
    emulator.fault({ kind: 'late-audio', lengthMs: 400 });
    const client = talkingTo(emulator, { tools: ['tell_story'] });
    const [request, stop] = [recorded('Tell me a long story.'), recorded('Stop, please.')];
    client.say(silence(300), request, silence(1800));
    const { toolUseId = '' } = await client.until(isToolUse);
    const story = 'Once upon a time there was a clock that ran slow. '.repeat(20).trim();
    client.toolResult(toolUseId, JSON.stringify({ say: story }));
    const heardSoFar = () =>
      emulator
        .believes()
        .flatMap((part) => (part.role === 'assistant' ? [part.text] : []))
        .join();
    await vi.waitFor(() => expect(heardSoFar()).toMatch(/there was a clock/u), 10_000);
    client.say(stop, silence(1800));
    const notice = await client.until(({ content }) =>
      /"interrupted" ?: ?true/u.test(content ?? ''),
    );
    await client.until(({ role, name }) => name === 'contentStart' && role === 'USER');
    await emulator.log.until('heard', ({ text }) => /stop/iu.test(text));

    const at = client.received.indexOf(notice);
    const before = client.received.slice(0, at);
    const cut = before.findLast(({ type, name }) => name === 'contentEnd' && type === 'AUDIO');
    expect(cut?.stopReason).toBe('INTERRUPTED');
    const late = client.received.slice(at).filter(({ name }) => name === 'audioOutput');
    expect(late.map(({ contentId }) => contentId)).toEqual(late.map(() => cut?.contentId));
    expect(late).toHaveLength(5);

    const [, , reply] = emulator.believes();
    if (reply?.role !== 'assistant') throw new Error('There is no reply.');
    expect(reply.interrupted).toBe(true);
    expect(story.startsWith(reply.text)).toBe(true);
    expect(reply.text).toMatch(/there was a clock/u);
    expect(reply.text.length).toBeLessThan(100);
    const final = client
      .texts('ASSISTANT', 'FINAL')
      .filter((text) => !text.includes('interrupted'));
    expect(final.join(' ')).toBe(reply.text);
  }, 40_000);

  it('knows what went before from the history that it was given', async () => {
    const emulator = await bench.emulate();
    const client = new RawClient(emulator.url);
    client.start();
    client.text('USER', 'How tall is the Eiffel tower?');
    client.text('ASSISTANT', 'I do not know.');
    client.openMicrophone();
    client.text('USER', 'What was my first question?', { interactive: true });
    await client.until(isEndOfReply);
    expect(client.texts('ASSISTANT', 'FINAL').join(' ')).toBe(
      'Your first question was: How tall is the Eiffel tower?',
    );
    expect(client.texts('USER', 'FINAL')).toEqual([]);
    expect(emulator.believes().map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'user',
      'assistant',
    ]);
  });

  it('calls every tool that is asked for, and answers when all results are there', async () => {
    const emulator = await bench.emulate();
    const client = talkingTo(emulator, { tools: ['flip_coin', 'tell_joke'] });
    client.text('USER', 'Flip a coin and tell me a joke.', { interactive: true });
    await client.until(({ toolName }) => toolName === 'tell_joke');
    const calls = client.received.filter(isToolUse);
    expect(calls.map(({ toolName }) => toolName)).toEqual(['flip_coin', 'tell_joke']);
    for (const { toolUseId = '', toolName } of [...calls].reverse()) {
      client.toolResult(toolUseId, JSON.stringify({ say: `${toolName} is done.` }));
    }
    await client.until(isEndOfReply);
    expect(client.texts('ASSISTANT', 'FINAL').join(' ')).toBe(
      'flip_coin is done. tell_joke is done.',
    );
  });

  it('takes the result of a call that is no longer waited for, and keeps quiet about it', async () => {
    const emulator = await bench.emulate();
    const client = talkingTo(emulator, { tools: ['get_time'] });
    client.text('USER', 'What time is it in Tokyo?', { interactive: true });
    const { toolUseId = '' } = await client.until(isToolUse);
    client.text('USER', 'Who are you?', { interactive: true });
    client.toolResult(toolUseId, '{"say":"It is nine."}');
    await client.until(isEndOfReply);
    expect(client.texts('ASSISTANT', 'SPECULATIVE')).toEqual(['This is Nova Sonic speaking.']);
    expect(emulator.believes()[1]).toMatchObject({ role: 'tool', output: '{"say":"It is nine."}' });
  });

  it('hears at the rate that was declared', async () => {
    const emulator = await bench.emulate();
    const client = new RawClient(emulator.url);
    client.start();
    client.openMicrophone(24_000);
    const question = [silence(300), recorded('What time is it in Tokyo?'), silence(1800)];
    for (const part of question) client.say(atRate(part, { fromHz: 16_000, toHz: 24_000 }));
    const { text } = await emulator.log.until('heard');
    expect(text).toMatch(/time is it in tokyo/i);
  });

  it.each([
    ['HIGH', 2],
    ['LOW', 1],
  ])(
    'with sensitivity %s takes two sentences 1.7 s apart for %i turns',
    async (sensitivity, turns) => {
      const emulator = await bench.emulate();
      const client = talkingTo(emulator, { sensitivity });
      const [one, two] = [recorded('The river is wide.'), recorded('The house is green.')];
      client.say(silence(300), one, silence(1550), two, silence(2500));
      const { text } = await emulator.log.until('heard', (entry) => /green/iu.test(entry.text));
      expect(emulator.log.of('heard')).toHaveLength(turns);
      expect(/river/iu.test(text)).toBe(turns === 1);
    },
  );
});
