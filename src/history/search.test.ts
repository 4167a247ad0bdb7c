import 'fake-indexeddb/auto';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import {
  addConversations,
  listConversations,
  removeConversations,
  renameConversation,
} from './archive.ts';
import { around, fold, marked } from './folding.ts';
import { HistorySearch } from './search.ts';
import { called, conversation, cutOff, said } from './testing.ts';

const atMs = Date.UTC(2026, 2, 4, 15);

describe('a search over all conversations', () => {
  const search = new HistorySearch();
  const find = async (question: string): Promise<string[]> =>
    (await search.find(question, await listConversations())).map(({ id }) => id);

  beforeAll(async () => {
    vi.stubGlobal('navigator', {});
    await addConversations([
      conversation('café', [
        said('1', 'Where is the nearest café?', atMs),
        said('2', 'Two streets from here.', atMs + 1000, 'assistant'),
      ]),
      conversation('story', [
        said('1', 'Tell me a story about dragons', atMs + 60_000),
        cutOff('2', 'Once upon a', 'time there was a café.', atMs + 61_000),
      ]),
      conversation('東京', [
        said('1', '東京の天気は？', atMs + 120_000),
        called('2', 'weather', {}, atMs + 121_000),
      ]),
    ]);
  });

  it('finds words whatever their case and marks, also in what was not heard', async () => {
    expect(await find('CAFE')).toEqual(['story', 'café']);
    expect(await find('cafés')).toEqual(['story', 'café']);
  });

  it('finds all the words, in whichever rows of a conversation they stand, by their beginnings', async () => {
    expect(await find('street café')).toEqual(['café']);
    expect(await find('drag')).toEqual(['story']);
    expect(await find('dragons unicorns')).toEqual([]);
    expect(await find('  !? ')).toEqual([]);
  });

  it('finds within text that has no spaces', async () => {
    expect(await find('天気')).toEqual(['東京']);
  });

  it('knows what has changed since', async () => {
    await renameConversation('story', 'Fabulous beasts');
    expect(await find('beasts')).toEqual(['story']);
    await removeConversations(['story']);
    expect(await find('beasts')).toEqual([]);
    await addConversations([conversation('new', [said('1', 'Brand new beasts', atMs + 200_000)])]);
    expect(await find('beasts')).toEqual(['new']);
  });
});

describe('what is shown of a hit', () => {
  it('is the text around it, with the words marked as they were written', () => {
    const text = `${'So it went on. '.repeat(30)}The Straße was long. ${'And on. '.repeat(30)}`;
    const terms = new Set([fold('strasse')]);
    const shown = around(text, terms, 120);
    expect(shown.length).toBeLessThan(140);
    expect(shown).toMatch(/^… .*The Straße was long.* …$/);
    expect(marked('Die Straße!', terms)).toEqual([
      { text: 'Die ', hit: false },
      { text: 'Straße', hit: true },
      { text: '!', hit: false },
    ]);
  });
});
