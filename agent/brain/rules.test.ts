import { initializeLogger, llm, voice } from '@livekit/agents';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { skill } from '../skills/skill.ts';
import { Rehearsal } from './rehearsal.ts';
import { RulesLLM } from './rules.ts';

beforeAll(() => initializeLogger({ pretty: false, level: 'silent' }));

/** What a reply consists of, without its ids. */
async function reply(
  brain: RulesLLM,
  chatCtx: llm.ChatContext,
  tools: llm.ToolContext,
  toolChoice: llm.ToolChoice = 'auto',
) {
  const chunks: string[] = [];
  const calls: [string, string][] = [];
  for await (const { delta } of brain.chat({ chatCtx, toolCtx: tools, toolChoice })) {
    if (delta?.content) chunks.push(delta.content);
    for (const call of delta?.toolCalls ?? []) calls.push([call.name, call.args]);
  }
  return { chunks, calls };
}

function heard(...said: string[]): llm.ChatContext {
  const context = llm.ChatContext.empty();
  for (const content of said) context.addMessage({ role: 'user', content });
  return context;
}

describe('RulesLLM', () => {
  const rehearsal = new Rehearsal();
  const brain = new RulesLLM({ knowledge: rehearsal.knowledge });

  it('calls a tool and changes nothing by itself', async () => {
    const context = heard('Set a timer for five minutes and tell me a joke.');
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect((await reply(brain, context, rehearsal.tools)).calls).toEqual([
        ['set_timer', '{"seconds":300}'],
        ['tell_joke', '{}'],
      ]);
    }
    expect(rehearsal.timers.list()).toEqual([]);
  });

  it('speaks the results of its tools sentence by sentence', async () => {
    const context = heard('Tell me a story.');
    context.insert([
      llm.FunctionCall.create({ callId: '1', name: 'tell_story', args: '{}' }),
      llm.FunctionCallOutput.create({
        callId: '1',
        name: 'tell_story',
        output: JSON.stringify({ say: 'Once. Twice! Who? It was 3.5 metres.' }),
        isError: false,
      }),
    ]);
    expect((await reply(brain, context, rehearsal.tools)).chunks).toEqual([
      'Once. ',
      'Twice! ',
      'Who? ',
      'It was 3.5 metres. ',
    ]);
  });

  it.each([
    ['an error', 'An internal error occurred', true],
    ['no JSON', 'oops', false],
    ['no sentence', '{"ok":true}', false],
  ])('stays polite when a tool answers with %s', async (_name, output, isError) => {
    const context = heard('Flip a coin.');
    context.insert([
      llm.FunctionCall.create({ callId: '1', name: 'flip_coin', args: '{}' }),
      llm.FunctionCallOutput.create({ callId: '1', name: 'flip_coin', output, isError }),
    ]);
    expect((await reply(brain, context, rehearsal.tools)).chunks.join('')).toMatch(/try again/);
  });

  it('looks into the documents when nothing else fits a question', async () => {
    const question = 'How do I interrupt you?';
    expect((await reply(brain, heard(question), rehearsal.tools)).calls).toEqual([
      ['search_knowledge', JSON.stringify({ query: question })],
    ]);
  });

  it('admits what it cannot do, in words that vary, with something that it can', async () => {
    const context = heard('Who won the world cup?');
    const first = await reply(brain, context, rehearsal.tools);
    context.addMessage({ role: 'assistant', content: 'x' });
    context.addMessage({ role: 'user', content: 'Who won the world cup?' });
    const second = await reply(brain, context, rehearsal.tools);
    expect(first.calls).toEqual([]);
    expect(first.chunks.join('')).not.toBe(second.chunks.join(''));
    const weather = await reply(brain, heard('What will the weather be like?'), rehearsal.tools);
    expect(weather.chunks.join('')).toMatch(/no weather/);
  });

  it('calls only tools that there are, and none when it may not', async () => {
    const context = heard('Flip a coin.');
    const none = await reply(brain, context, llm.ToolContext.empty());
    expect(none.calls).toEqual([]);
    const forbidden = await reply(brain, context, rehearsal.tools, 'none');
    expect(forbidden.calls).toEqual([]);
    expect(forbidden.chunks.join('')).not.toBe('');
  });

  it('greets when nobody has spoken yet', async () => {
    const { chunks } = await reply(brain, llm.ChatContext.empty(), rehearsal.tools);
    expect(chunks.join('')).toMatch(/^Hello/);
  });
});

describe('RulesLLM in an agent session', () => {
  let rehearsal: Rehearsal;
  let session: voice.AgentSession;

  beforeEach(async () => {
    rehearsal = new Rehearsal();
    const broken = skill({
      name: 'spell',
      description: 'Always fails.',
      parameters: z.object({ word: z.string() }),
      run: () => {
        throw new Error('no letters today');
      },
    });
    const tools = Object.values(rehearsal.tools.functionTools).filter(
      ({ name }) => name !== 'spell',
    );
    session = new voice.AgentSession({
      llm: new RulesLLM({ knowledge: rehearsal.knowledge }),
      vad: null,
    });
    await session.start({
      agent: new voice.Agent({ instructions: '', tools: [...tools, broken] }),
      record: false,
    });
  });

  afterEach(() => session.close());

  async function say(userInput: string): Promise<string> {
    const result = session.run({ userInput });
    await result.wait();
    return result.events
      .flatMap((event) => (event.type === 'message' ? [event.item.textContent ?? ''] : []))
      .join(' ')
      .trim();
  }

  it('answers through its tools, turn after turn', async () => {
    expect(await say('What is seventeen times twenty-three?')).toBe(
      'Seventeen times twenty-three is 391.',
    );
    expect(await say('and times two?')).toBe('391 times two is 782.');
    expect(await say('What time is it in Tokyo?')).toBe("It's 6:41 PM in Tokyo.");
    expect(await say('and in London?')).toBe("It's 9:41 AM in London.");
    expect(await say('Thank you.')).toMatch(/\S/);
  });

  it('does several things at once, each once', async () => {
    const answer = await say(
      'Set a pasta timer for ten minutes and remember that my locker code is 4512.',
    );
    expect(answer).toBe(
      "Your pasta timer is set for 10 minutes. I'll remember that your locker code is 4512.",
    );
    expect(rehearsal.timers.list()).toHaveLength(1);
    expect(rehearsal.notes.list()).toHaveLength(1);
    expect(await say('cancel it')).toBe('I cancelled your pasta timer.');
  });

  it('says where an answer from the documents comes from', async () => {
    expect(await say('Is my voice recorded?')).toMatch(
      /no sound recordings.*from the document "privacy"/,
    );
  });

  it('goes on after a tool has failed', async () => {
    expect(await say('Spell necessary.')).toMatch(/Something went wrong/);
    expect(await say('Flip a coin.')).toBe("It's heads.");
  });
});
