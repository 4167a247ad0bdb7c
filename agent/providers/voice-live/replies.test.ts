import { initializeLogger, type llm } from '@livekit/agents';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Replies } from './replies.ts';
import type { ClientEvent } from './wire/client-events.ts';

initializeLogger({ pretty: false, level: 'silent' });

let sent: ClientEvent[];
let told: llm.GenerationCreatedEvent[];
let replies: Replies;

beforeEach(() => {
  sent = [];
  told = [];
  replies = new Replies({
    send: (event) => sent.push(event),
    setup: () => ({ outputFormat: 'pcm16', wordTimes: false, modalities: ['audio', 'text'] }),
    onGeneration: (event) => told.push(event),
    onTimeout: () => undefined,
    replyTimeoutMs: 5_000,
    stallTimeoutMs: 5_000,
  });
});

afterEach(() => replies.close());

const created = (id: string, asked?: ClientEvent) =>
  replies.created({ id, ...(asked && { metadata: { client_event_id: asked.event_id } }) });

describe('Replies', () => {
  it('tells its own replies from those of the service by what comes back with them', async () => {
    const mine = replies.ask({});
    created('of-the-service', { type: 'response.create', event_id: 'somebody-else' });
    created('mine', sent[0]);
    expect((await mine).responseId).toBe('mine');
    expect(told.map(({ userInitiated }) => userInitiated)).toEqual([false, true]);
  });

  it('goes by the order where nothing comes back', async () => {
    const first = replies.ask({});
    const second = replies.ask({});
    created('a');
    created('b');
    expect((await first).responseId).toBe('a');
    expect((await second).responseId).toBe('b');
  });

  it('asks again once the reply that was in the way has ended', () => {
    created('in-the-way');
    void replies.ask({}).catch(() => undefined);
    const eventId = sent[0]?.event_id ?? '';
    expect(replies.refused(eventId, 'conversation_already_has_active_response', '')).toBe(true);
    expect(sent).toHaveLength(1);
    replies.done({ id: 'in-the-way' });
    expect(sent).toHaveLength(2);
    expect(sent[1]?.event_id).toBe(eventId);
  });

  it('stops a reply that begins after nobody wants it any more', async () => {
    const abort = new AbortController();
    const unwanted = replies.ask({}, abort.signal);
    abort.abort();
    await expect(unwanted).rejects.toThrow(/not wanted/);
    created('late', sent[0]);
    expect(told).toEqual([]);
    expect(sent.at(-1)).toEqual({ type: 'response.cancel', response_id: 'late' });
  });

  it('takes a reply up again that was lost before anybody noticed it', async () => {
    created('lost');
    replies.lost();
    created('again', sent.at(-1));
    expect(told).toHaveLength(1);
    replies.running('again')?.output('item')?.text('Hello.');
    replies.done({ id: 'again' });
    const texts: unknown[] = [];
    for await (const message of told[0]?.messageStream ?? [])
      for await (const text of message.textStream) texts.push(text);
    expect(texts).toEqual(['Hello.']);
  });

  it('lets nothing through of a reply that was cut', async () => {
    created('cut');
    replies.running('cut')?.output('item')?.text('One, ');
    replies.interrupt();
    expect(replies.running('cut')).toBeUndefined();
    expect(sent).toEqual([{ type: 'response.cancel', response_id: 'cut' }]);
    for await (const message of told[0]?.messageStream ?? [])
      for await (const text of message.textStream) expect(text).toBe('One, ');
  });
});
