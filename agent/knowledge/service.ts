import { createServer } from 'node:http';
import { z } from 'zod';
import { askAt, serveOn } from '../worker/local-http.ts';
import type { KnowledgeLog } from './folder.ts';
import type { KnowledgeSearch, Passage } from './knowledge.ts';

/** The environment variable by which a job learns where the folder of documents is searched. */
export const knowledgeSocketVariable = 'PARLEY_KNOWLEDGE_SOCKET';

/** A tool that takes longer keeps the person waiting for nothing; reading a long PDF takes that long. In ms. */
const patienceMs = 5000;

const passages = z.array(
  z.object({
    text: z.string(),
    file: z.string(),
    page: z.exactOptional(z.number()),
    heading: z.exactOptional(z.string()),
    answer: z.string(),
    coverage: z.number(),
  }),
) satisfies z.ZodType<Passage[]>;

const question = z.object({ query: z.string(), limit: z.coerce.number().int().positive() });

/** Searches for the job processes, over a local socket. Resolves when it listens; `close` ends it. */
export function serveKnowledge(
  socketPath: string,
  knowledge: KnowledgeSearch,
): Promise<{ close(): Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    const { searchParams } = new URL(incoming.url ?? '/', 'http://knowledge');
    const asked = question.safeParse(Object.fromEntries(searchParams));
    if (!asked.success) {
      outgoing.writeHead(400).end();
      return;
    }
    void knowledge.search(asked.data.query, asked.data.limit).then((found) => {
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(found));
    });
  });
  return serveOn(server, socketPath);
}

/** A job's side. Documents that cannot be searched in time are not found, and the log says so. */
export class KnowledgeClient implements KnowledgeSearch {
  readonly #socketPath: string;
  readonly #log: Pick<KnowledgeLog, 'warn'>;

  constructor(socketPath: string, log: Pick<KnowledgeLog, 'warn'>) {
    this.#socketPath = socketPath;
    this.#log = log;
  }

  async search(query: string, limit = 3): Promise<readonly Passage[]> {
    const asked = new URLSearchParams({ query, limit: String(limit) });
    try {
      const { status, body } = await askAt(this.#socketPath, {
        method: 'GET',
        path: `/?${asked.toString()}`,
        signal: AbortSignal.timeout(patienceMs),
      });
      if (status !== 200) throw new Error(`The search answered ${status}.`);
      return passages.parse(JSON.parse(body));
    } catch (error) {
      this.#log.warn({ error }, 'the folder of documents could not be searched');
      return [];
    }
  }
}
