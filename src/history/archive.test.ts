import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import type * as archiveModule from './archive.ts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { keptTurns } from '../inspector/kept-turns.ts';
import { noRecords } from '../inspector/records.ts';
import { TranscriptStorage } from '../transcript/storage.ts';
import { said, conversation } from './testing.ts';

const atMs = Date.UTC(2026, 2, 4, 15);
const dayMs = 24 * 60 * 60 * 1000;
const failed = (reason: string): never => {
  throw new Error(reason);
};

/** A browser in which nothing is kept yet, and a page that has just been opened in it. */
let archive: typeof archiveModule;
beforeEach(async () => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('navigator', {});
  vi.resetModules();
  archive = await import('./archive.ts');
});

/** Another tab of the same browser. */
async function otherTab(): Promise<{
  archive: typeof archiveModule;
  TranscriptStorage: typeof TranscriptStorage;
}> {
  vi.resetModules();
  const storage = await import('../transcript/storage.ts');
  return { archive: await import('./archive.ts'), TranscriptStorage: storage.TranscriptStorage };
}

describe('the conversations of this browser', () => {
  it('outlive the first version of the database, with a title, a length and every row', async () => {
    const rows = [said('b', 'Hello there', atMs + 1000, 'assistant'), said('a', 'Hello', atMs)];
    const old = await openDB('parley', 1, {
      upgrade(database) {
        database.createObjectStore('conversations', { keyPath: 'id' });
        database.createObjectStore('rows', { keyPath: ['conversationId', 'row.id'] });
      },
    });
    await old.put('conversations', { id: 'x', startedAtMs: atMs, endedAtMs: atMs + 3000 });
    for (const row of rows) await old.put('rows', { conversationId: 'x', row });
    old.close();

    expect(await archive.listConversations()).toEqual([
      {
        id: 'x',
        startedAtMs: atMs,
        endedAtMs: atMs + 3000,
        opening: 'Hello',
        talkedMs: 3000,
        said: 2,
      },
    ]);
    expect((await archive.readConversation('x'))?.rows).toEqual(rows.toReversed());
  });

  it('are listed with the latest first, and without those in which nothing was said', async () => {
    const older = conversation('older', [said('1', 'One', atMs)]);
    const newer = conversation('newer', [said('1', 'Two', atMs + 5000)]);
    const silent = conversation('silent', [
      { kind: 'notice', id: 'n', text: 'A timer rang.', startedAtMs: atMs },
    ]);
    await archive.addConversations([older, newer, silent]);
    expect((await archive.listConversations()).map(({ id }) => id)).toEqual(['newer', 'older']);
  });

  it('are put in all or none', async () => {
    const good = conversation('good', [said('1', 'One', atMs)]);
    const uncloneable = { ...said('1', 'Two', atMs), extra: () => undefined };
    await expect(
      archive.addConversations([good, conversation('bad', [uncloneable])]),
    ).rejects.toThrow();
    expect(await archive.listConversations()).toEqual([]);
  });

  it('are not doubled, and one that has gone on takes the place of what was known of it', async () => {
    const first = conversation('x', [said('1', 'One', atMs), said('gone', 'Gone', atMs + 1)]);
    const later = conversation('x', [said('1', 'One', atMs), said('2', 'Two', atMs + 9000)]);
    expect(await archive.addConversations([first])).toEqual({ added: 1, known: 0 });
    expect(await archive.addConversations([first])).toEqual({ added: 0, known: 1 });
    expect(await archive.addConversations([later])).toEqual({ added: 1, known: 0 });
    expect(await archive.addConversations([first])).toEqual({ added: 0, known: 1 });
    expect((await archive.readConversation('x'))?.rows.map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('can be taken away, and put back as they were', async () => {
    await archive.addConversations([conversation('x', [said('1', 'One', atMs)])]);
    await archive.renameConversation('x', 'Counting');
    const before = await archive.readConversation('x');
    await archive.removeConversations(['x']);
    expect(await archive.readConversation('x')).toBeUndefined();
    await archive.addConversations(before ? [before] : []);
    expect(await archive.readConversation('x')).toEqual(before);
    expect(before?.title).toBe('Counting');
  });

  it('take their sound and their turns along, and leave nothing of either', async () => {
    const sound = await import('./sound-archive.ts');
    const piece = (conversationId: string, number: number) => ({
      conversationId,
      startedAtMs: atMs,
      piece: number,
      bytes: new ArrayBuffer(10),
    });
    expect(await sound.writeSound(piece('x', 0), atMs + 2000)).toBeUndefined();
    const turns = keptTurns({ ...noRecords, clocks: [5] }, []);
    await archive.addConversations([
      { ...conversation('x', [said('1', 'One', atMs)]), turns },
      conversation('y', [said('1', 'One', atMs)]),
    ]);
    for (const number of [0, 1]) await sound.writeSound(piece('x', number), atMs + 2000);
    await sound.writeSound(piece('y', 0), atMs + 2000);
    expect((await sound.listSound()).get('x')).toMatchObject({
      bytes: 20,
      stretches: [{ startedAtMs: atMs, endedAtMs: atMs + 2000, pieces: 2 }],
    });
    const [kept, heard] = await Promise.all([archive.readWhole('x'), sound.readSound('x')]);
    expect(kept?.turns).toEqual(turns);
    expect(heard?.pieces).toHaveLength(2);

    await archive.removeConversations(['x']);
    expect([await sound.readSound('x'), (await sound.listSound()).has('y')]).toEqual([
      undefined,
      true,
    ]);
    await archive.addConversations(kept ? [kept] : []);
    if (heard) await sound.restoreSound(heard);
    expect([await archive.readWhole('x'), await sound.readSound('x')]).toEqual([kept, heard]);
    await sound.removeSound('x');
    expect(await sound.readSound('x')).toBeUndefined();
    expect((await archive.readWhole('x'))?.turns).toEqual(turns);
  });

  it('go when they are older than wanted, but for what a tab has open', async () => {
    vi.stubGlobal('navigator', {
      locks: { query: () => Promise.resolve({ held: [{ name: 'parley.conversation.open' }] }) },
    });
    await archive.addConversations([
      conversation('old', [said('1', 'One', atMs - 8 * dayMs)]),
      conversation('open', [said('1', 'One', atMs - 8 * dayMs)]),
      conversation('new', [said('1', 'One', atMs)]),
    ]);
    await archive.removeOlder(atMs - 7 * dayMs);
    expect((await archive.listConversations()).map(({ id }) => id)).toEqual(['new', 'open']);
  });
});

describe('a conversation that goes on in one tab', () => {
  it('keeps the title that another tab gives it', async () => {
    const tab = await otherTab();
    const storage = new tab.TranscriptStorage('x', atMs, failed);
    storage.answeredBy('Embedded engine');
    storage.keep([said('1', 'One', atMs)]);
    await storage.flush();
    await archive.renameConversation('x', 'Counting');
    storage.keep([said('1', 'One', atMs), said('2', 'Two', atMs + 1000)]);
    await storage.flush();

    const kept = await archive.readConversation('x');
    expect(kept).toMatchObject({ title: 'Counting', engine: 'Embedded engine', said: 2 });
    expect(kept?.rows).toHaveLength(2);
  });

  it('comes back whole after it was taken away in another', async () => {
    const tab = await otherTab();
    const storage = new tab.TranscriptStorage('x', atMs, failed);
    const first = said('1', 'One', atMs);
    storage.keep([first]);
    await storage.flush();
    await archive.removeConversations(['x']);
    storage.keep([first, said('2', 'Two', atMs + 1000)]);
    await storage.flush();
    expect((await archive.readConversation('x'))?.rows).toHaveLength(2);
  });

  it('does not mix with one that another tab writes meanwhile', async () => {
    const tab = await otherTab();
    const here = new TranscriptStorage('here', atMs, failed);
    const there = new tab.TranscriptStorage('there', atMs, failed);
    here.keep([said('1', 'Here', atMs)]);
    there.keep([said('1', 'There', atMs)]);
    await Promise.all([here.flush(), there.flush()]);
    const texts = await Promise.all(['here', 'there'].map((id) => archive.readConversation(id)));
    expect(texts.map((kept) => kept?.opening)).toEqual(['Here', 'There']);
  });
});
