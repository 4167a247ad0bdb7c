import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Librarian } from './librarian.ts';
import { KnowledgeClient } from './service.ts';

/** The thread loads its modules from their sources. */
const patience = { timeout: 20_000, interval: 50 };

describe('the documents of all conversations', { timeout: 30_000 }, () => {
  const lines: string[] = [];
  const log = {
    info: (_: object, message: string) => void lines.push(message),
    warn: (_: object, message: string) => void lines.push(message),
  };
  let home: string;
  let folder: string;
  let socketPath: string;
  let librarian: Librarian;
  let client: KnowledgeClient;

  beforeEach(async () => {
    lines.length = 0;
    home = await mkdtemp(join(tmpdir(), 'parley-knowledge-'));
    folder = join(home, 'documents');
    socketPath = join(home, `${randomUUID().slice(0, 8)}.sock`);
    await mkdir(folder);
    await writeFile(join(folder, 'cats.md'), '# Cats\n\nOur cat Minka sleeps in the pantry.');
    librarian = Librarian.employ({
      module: await mortalThread(home),
      folder,
      socketPath,
      log,
    });
    client = new KnowledgeClient(socketPath, log);
  });
  afterEach(async () => {
    await librarian.close();
    await rm(home, { recursive: true });
  });

  it('are read once and found in any of them', async () => {
    await vi.waitFor(
      async () =>
        expect(await client.search('Where does the cat Minka sleep?')).toMatchObject([
          { file: 'cats.md', heading: 'Cats' },
        ]),
      patience,
    );
    const another = new KnowledgeClient(socketPath, log);
    expect(await another.search('Where does the cat Minka sleep?', 1)).toHaveLength(1);
    expect(await another.search('Who wrote Hamlet?')).toEqual([]);
    expect(lines.filter((line) => line === 'a document can be searched')).toHaveLength(1);
  });

  it('are found again when the thread has come to grief', async () => {
    await vi.waitFor(async () => expect(await client.search('Minka')).toHaveLength(1), patience);
    const status = await statusOf(socketPath, '/?query=Minka&limit=0');
    expect(status).toBe(400);
    await writeFile(join(home, 'die'), '');
    await vi.waitFor(async () => expect(await client.search('Minka')).toEqual([]), patience);
    await vi.waitFor(async () => expect(await client.search('Minka')).toHaveLength(1), patience);
  });
});

it('documents that nobody can search are not found, and the log says so', async () => {
  const warn = vi.fn();
  const nowhere = join(tmpdir(), `parley-${randomUUID()}.sock`);
  expect(await new KnowledgeClient(nowhere, { warn }).search('Minka')).toEqual([]);
  expect(warn).toHaveBeenCalledOnce();
});

/** The thread of the worker, which ends when there is a file `die` in this folder. */
async function mortalThread(home: string): Promise<URL> {
  const module = join(home, 'mortal.mjs');
  const thread = new URL('thread.ts', import.meta.url).href;
  await writeFile(
    module,
    `import { rmSync } from 'node:fs';
     import { register } from ${JSON.stringify(import.meta.resolve('tsx/esm/api'))};
     register();
     await import(${JSON.stringify(thread)});
     setInterval(() => {
       try {
         rmSync(${JSON.stringify(join(home, 'die'))});
       } catch {
         return;
       }
       process.exit(1);
     }, 20);`,
  );
  return pathToFileURL(module);
}

function statusOf(socketPath: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ socketPath, path, agent: false }, (incoming) => {
      incoming.resume();
      resolve(incoming.statusCode);
    })
      .once('error', reject)
      .end();
  });
}
