import { initializeLogger, llm } from '@livekit/agents';
import { beforeEach, describe, expect, it } from 'vitest';
import { History } from './history.ts';
import type { ClientEvent } from './wire/client-events.ts';

initializeLogger({ pretty: false, level: 'silent' });

let sent: ClientEvent[];
let isTold: boolean;
let history: History;

beforeEach(() => {
  sent = [];
  isTold = false;
  history = new History({
    send: (event) => {
      sent.push(event);
      // A service that does all that it is asked to.
      if (event.type === 'conversation.item.create')
        queueMicrotask(() => {
          const { item, previous_item_id } = event;
          history.itemCreated({ ...item, id: item.id ?? '' }, previous_item_id);
        });
      if (event.type === 'conversation.item.delete')
        queueMicrotask(() => history.itemDeleted(event.item_id));
    },
    isTold: () => isTold,
    isKept: () => false,
  });
});

const chat = (...items: llm.ChatItem[]) => new llm.ChatContext(items);
const message = (id: string, role: 'user' | 'assistant' | 'system', content: string) =>
  llm.ChatMessage.create({ id, role, content });
const call = (callId: string) =>
  llm.FunctionCall.create({ id: callId, callId, name: 'f', args: '{}' });
const result = (callId: string) =>
  llm.FunctionCallOutput.create({ id: `${callId}_out`, callId, output: '1', isError: false });
const types = () =>
  sent.map((event) => ('item_id' in event ? `${event.type} ${event.item_id}` : event.type));

describe('History', () => {
  it('tells a new connection all that was said, but no result without its call', async () => {
    await history.update(
      chat(
        message('u', 'user', 'Hi.'),
        call('a'),
        result('a'),
        call('open'),
        result('lost'),
        message('s', 'assistant', 'Hello.'),
      ),
    );
    expect(sent).toEqual([]);
    history.retell();
    expect(sent.map((event) => ('item' in event ? event.item.id : ''))).toEqual([
      'u',
      'a',
      'a_out',
      's',
    ]);
  });

  it('puts things where they belong, and takes away what is gone', async () => {
    isTold = true;
    await history.update(chat(message('a', 'user', 'A'), message('c', 'user', 'C')));
    await history.update(chat(message('a', 'user', 'A'), message('b', 'user', 'B')));
    expect(types().slice(2)).toEqual(['conversation.item.delete c', 'conversation.item.create']);
    await history.update(
      chat(message('z', 'user', 'Z'), message('a', 'user', 'A'), message('b', 'user', 'B')),
    );
    expect(sent.at(-1)).toMatchObject({ previous_item_id: 'root', item: { id: 'z' } });
    expect(history.chatCtx.items.map(({ id }) => id)).toEqual(['z', 'a', 'b']);
  });

  it('takes no turn away of which the words are still unknown', async () => {
    isTold = true;
    history.heard('turn');
    await history.update(chat(message('a', 'assistant', 'A')));
    expect(types()).toEqual(['conversation.item.create']);
    history.said('turn', 'Hello.');
    await history.update(chat(message('a', 'assistant', 'A')));
    expect(types().at(-1)).toBe('conversation.item.delete turn');
  });

  it('cuts sound at its time, never beyond what came, and takes out what was not heard', async () => {
    isTold = true;
    for (const id of ['x', 'y']) {
      history.itemCreated({ id, type: 'message', role: 'assistant', content: [] }, undefined);
      history.sounded(id, 900, 0);
    }
    history.cut({ messageId: 'x', heardMs: 1_200.7, heardText: 'So much' });
    history.cut({ messageId: 'y', heardMs: 0, heardText: '' });
    expect(sent).toMatchObject([
      { type: 'conversation.item.truncate', item_id: 'x', audio_end_ms: 900 },
      { type: 'conversation.item.delete', item_id: 'y' },
    ]);
    await history.update(chat(message('x', 'assistant', 'So  much ')));
    expect(sent).toHaveLength(2);
  });

  it('writes anew what it can no longer cut, after a new connection', () => {
    isTold = true;
    history.itemCreated({ id: 'x', type: 'message', role: 'assistant', content: [] }, undefined);
    history.sounded('x', 900, 0);
    history.said('x', 'All of this.');
    history.retell();
    sent.length = 0;
    history.cut({ messageId: 'x', heardMs: 300, heardText: 'All' });
    expect(types()).toEqual(['conversation.item.delete x', 'conversation.item.create']);
    expect(sent[1]).toMatchObject({
      item: { role: 'assistant', content: [{ type: 'text', text: 'All' }] },
    });
  });

  it('gives names to items that the service takes', async () => {
    isTold = true;
    const long = 'x'.repeat(60);
    await history.update(chat(message(long, 'user', 'Hi.')));
    expect(sent[0]).toMatchObject({
      item: { id: expect.stringMatching(/^[\w-]{1,32}$/) as string },
    });
    await history.update(chat(message(long, 'user', 'Hi.')));
    expect(sent).toHaveLength(1);
    await history.update(chat());
    expect(history.chatCtx.items).toEqual([]);
  });
});
