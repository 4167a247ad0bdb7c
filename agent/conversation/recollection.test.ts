import { llm } from '@livekit/agents';
import { describe, expect, it } from 'vitest';
import { decode } from '#protocol/codec.ts';
import { recallRequest, type Past } from '#protocol/recall.ts';
import { Notes } from '../skills/notes.ts';
import { Recollection } from './recollection.ts';

const said = (by: 'user' | 'assistant', text: string, cut = false): Past => ({
  kind: 'said',
  by,
  text,
  cut,
});
const called = (name: string, input: object): Past => ({
  kind: 'called',
  name,
  input: JSON.stringify(input),
});
const begun = (state: { knowsAlready?: boolean; announced?: boolean }): Recollection => {
  const recollection = new Recollection({
    knowsAlready: false,
    announced: false,
    onGivenUp: () => undefined,
    ...state,
  });
  recollection.close();
  return recollection;
};

describe('what a page tells of an old conversation', () => {
  it('stands before everything that was said since, in its own order', () => {
    const history = llm.ChatContext.empty();
    history.addMessage({ role: 'assistant', content: 'Hello.', createdAt: 1000 });
    const past = [said('user', 'My bike is red.'), said('assistant', 'A fine', true)];
    begun({ announced: true }).take({ past }, history, new Notes());

    const items = history.items.filter((item) => item.type === 'message');
    expect(items.map(({ textContent }) => textContent)).toEqual([
      'My bike is red.',
      'A fine',
      'Hello.',
    ]);
    expect(items.map(({ interrupted }) => interrupted)).toEqual([false, true, false]);
  });

  it('brings the notes to where they were', () => {
    const notes = new Notes();
    const past = [
      called('remember', { note: 'my locker code is 4512' }),
      called('remember', { note: 'my bike is red' }),
      called('forget', { about: 'bike' }),
      called('set_timer', { note: 'not a note' }),
      { kind: 'called', name: 'remember', input: '{"note": "broken' } as const,
    ];
    begun({}).take({ past }, llm.ChatContext.empty(), notes);
    expect(notes.list().map(({ text }) => text)).toEqual(['my locker code is 4512']);
  });

  it('is taken once, and not where the room remembers by itself', () => {
    const past = [said('user', 'Hello.')];
    const history = llm.ChatContext.empty();
    const recollection = begun({ announced: true });
    expect(recollection.take({ past }, history, new Notes())).toBe(true);
    expect(recollection.take({ past }, history, new Notes())).toBe(false);
    expect(begun({ knowsAlready: true }).take({ past }, history, new Notes())).toBe(false);
    expect(history.items).toHaveLength(1);
  });

  it('is awaited only where it was announced, and known once it has been passed on', () => {
    expect(begun({}).state).toBe('fresh');
    expect(begun({ knowsAlready: true, announced: true }).state).toBe('known');
    const recollection = begun({ announced: true });
    expect(recollection.state).toBe('awaited');
    recollection.take({ past: [said('user', 'Hello.')] }, llm.ChatContext.empty(), new Notes());
    expect(recollection.state).toBe('taken');
    recollection.done();
    expect(recollection.state).toBe('known');
  });

  it('is refused when it is too much, or not what was asked for', () => {
    const check = (past: unknown): boolean => decode(recallRequest, JSON.stringify({ past })).ok;
    expect(check([said('user', 'Hello.'), called('remember', {})])).toBe(true);
    expect(check([])).toBe(false);
    expect(check([said('user', '')])).toBe(false);
    expect(check([{ ...said('user', 'Hello.'), role: 'system' }])).toBe(false);
    expect(check(Array.from({ length: 9 }, () => said('user', 'x'.repeat(1900))))).toBe(false);
  });
});
