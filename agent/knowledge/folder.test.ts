import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKnowledge, type KnowledgeLog } from './folder.ts';
import type { KnowledgeSearch } from './knowledge.ts';

const samples = fileURLToPath(new URL('../../knowledge', import.meta.url));

class Log implements KnowledgeLog {
  readonly warnings: string[] = [];
  readonly notes: string[] = [];
  info(_fields: object, message: string): void {
    this.notes.push(message);
  }
  warn(fields: object, message: string): void {
    this.warnings.push(`${'file' in fields ? String(fields.file) : ''}: ${message}`);
  }
}

describe('the documents that come with Parley', () => {
  const knowledge = createKnowledge(samples, new Log());

  it.each([
    ['How do I interrupt you?', 'interrupting.md', /cut in on Parley at any moment/],
    ['Is my voice recorded?', 'privacy.md', /no sound recordings/],
    ['can I use headphones', 'interrupting.md', /use headphones/],
    ['how long are notes remembered', 'privacy.md', /five minutes/],
    ['What is the default port of LiveKit?', 'own-server.pdf', /7880/],
    ['How do I use my own server?', 'own-server.pdf', /LIVEKIT_URL/],
    ['how do I join a room with a token', 'own-server.pdf', /press Connect/],
  ])('%s', async (question, file, answer) => {
    const [best] = await knowledge.search(question);
    expect(best).toMatchObject({ file });
    expect(best?.answer).toMatch(answer);
    expect(best?.coverage).toBeGreaterThan(0.6);
  });

  it('names the page of a PDF and the heading above a passage', async () => {
    const [page] = await knowledge.search('join a room with a token');
    expect(page).toMatchObject({ file: 'own-server.pdf', page: 2, heading: 'Join with a token' });
    const [section] = await knowledge.search('what is recorded');
    expect(section).toMatchObject({ file: 'privacy.md', heading: 'What is recorded' });
  });

  it.each(['What is the capital of France?', 'who wrote Hamlet', 'what is it', '', '!?'])(
    'finds nothing for %j',
    async (question) => {
      expect(await knowledge.search(question)).toEqual([]);
    },
  );
});

describe('a folder of documents', () => {
  let folder: string;
  let log: Log;
  let knowledge: KnowledgeSearch;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-knowledge-'));
    log = new Log();
    knowledge = createKnowledge(folder, log);
  });

  afterEach(() => rm(folder, { recursive: true }));

  const files = async (question: string) =>
    (await knowledge.search(question)).map(({ file }) => file);

  it('is not looked at before the first question', () => {
    expect(log.notes).toEqual([]);
  });

  it('finds nothing, and says so once, if it does not exist', async () => {
    const missing = createKnowledge(join(folder, 'nowhere'), log);
    expect(await missing.search('anything')).toEqual([]);
    expect(await missing.search('anything')).toEqual([]);
    expect(log.notes).toEqual(['there is no folder of documents to search']);
  });

  it('takes up new, changed and deleted files at the next question', async () => {
    const path = join(folder, 'garden.txt');
    expect(await files('tulips')).toEqual([]);
    await writeFile(path, 'The tulips stand by the gate.');
    expect(await files('tulips')).toEqual(['garden.txt']);
    await writeFile(path, 'The roses stand by the gate.');
    await utimes(path, new Date(), new Date(Date.now() + 5000));
    expect(await files('tulips')).toEqual([]);
    expect(await files('roses')).toEqual(['garden.txt']);
    await rm(path);
    expect(await files('roses')).toEqual([]);
  });

  it('reads a file again only if it has changed', async () => {
    await writeFile(join(folder, 'a.md'), '# Apples\n\nApples are red.');
    await files('apples');
    await files('apples');
    expect(log.notes).toEqual(['a document can be searched']);
  });

  it('looks into folders, but never out of its own', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'parley-outside-'));
    await writeFile(join(outside, 'secret.txt'), 'The treasure lies under the oak.');
    await mkdir(join(folder, 'deep', 'down'), { recursive: true });
    await writeFile(join(folder, 'deep', 'down', 'map.txt'), 'The treasure lies in the cellar.');
    await symlink(join(outside, 'secret.txt'), join(folder, 'link.txt'));
    await symlink(outside, join(folder, 'door'));
    expect(await files('treasure')).toEqual(['deep/down/map.txt']);
    expect(log.warnings.sort()).toEqual([
      'door: a document is left out: it is a link',
      'link.txt: a document is left out: it is a link',
    ]);
    await rm(outside, { recursive: true });
  });

  it('leaves out what it cannot read, says why once, and searches the rest', async () => {
    await writeFile(join(folder, 'broken.pdf'), 'this is no PDF');
    await writeFile(join(folder, 'binary.txt'), Buffer.from([0x74, 0, 1, 2]));
    await writeFile(join(folder, 'latin.txt'), Buffer.from([0x63, 0x61, 0x66, 0xe9]));
    await writeFile(join(folder, 'huge.txt'), 'a '.repeat(1_100_000));
    await writeFile(join(folder, 'picture.png'), 'not a document');
    await writeFile(join(folder, 'fine.md'), 'Coffee is served at nine.');
    expect(await files('coffee')).toEqual(['fine.md']);
    expect(await files('coffee')).toEqual(['fine.md']);
    expect(log.warnings).toHaveLength(4);
    expect(log.warnings.join('\n')).toMatch(/binary.txt: .*it is not text/);
    expect(log.warnings.join('\n')).toMatch(/latin.txt: .*it is not UTF-8/);
    expect(log.warnings.join('\n')).toMatch(/huge.txt: .*it is larger than 2 MB/);
    expect(log.warnings.join('\n')).toMatch(/broken.pdf: /);
  });

  it('answers with a sentence that can be spoken', async () => {
    await writeFile(
      join(folder, 'menu.md'),
      '# Canteen\n\nSome [link](http://x.y) here.\n\n- **Lunch** is served from `12` to 2.\n- Tea is free.\n\n| Day | Soup |\n|---|---|\n| Monday | Leek |\n',
    );
    expect((await knowledge.search('When is lunch served?'))[0]?.answer).toBe(
      'Lunch is served from 12 to 2. Tea is free.',
    );
  });

  it('forgives a name that was nearly heard right', async () => {
    await writeFile(join(folder, 'people.txt'), 'Harrington keeps the keys of the boathouse.');
    expect(await files('who is Harington')).toEqual(['people.txt']);
  });

  it('answers many questions at once', async () => {
    await writeFile(join(folder, 'a.txt'), 'The ferry leaves at ten.');
    const answers = await Promise.all(Array.from({ length: 20 }, () => files('ferry')));
    expect(new Set(answers.map(String))).toEqual(new Set(['a.txt']));
    expect(log.notes).toEqual(['a document can be searched']);
  });
});
