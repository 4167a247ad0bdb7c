import { rm } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { KnowledgeLog } from './folder.ts';
import type { ThreadNews, ThreadPlace } from './thread-place.ts';

/** A document that needs more to be read ends the thread, and neither the worker nor a conversation. */
const mostMegabytes = 512;
/** Before a thread that ended is begun anew, in ms; twice as long each time. */
const firstPauseMs = 1000;
const longestPauseMs = 60_000;

export interface LibrarianOptions extends ThreadPlace {
  /** The thread's module. */
  readonly module: URL;
  readonly log: KnowledgeLog;
}

/**
 * Reads the folder of documents once for all conversations of a worker, on a thread of its own: reading a PDF takes a
 * processor for a second, and each process of a conversation would do so for itself. A thread that ends is begun anew.
 */
export class Librarian {
  readonly #options: LibrarianOptions;
  #thread: Worker | undefined;
  #again: NodeJS.Timeout | undefined;
  #pauseMs = firstPauseMs;
  #closed = false;

  private constructor(options: LibrarianOptions) {
    this.#options = options;
  }

  static employ(options: LibrarianOptions): Librarian {
    const librarian = new Librarian(options);
    librarian.#begin();
    return librarian;
  }

  /** Ends the thread for good. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#again);
    await this.#thread?.terminate();
    await this.#clear();
  }

  #begin(): void {
    if (this.#closed) return;
    const { module, folder, socketPath, log } = this.#options;
    const thread = new Worker(module, {
      workerData: { folder, socketPath } satisfies ThreadPlace,
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
      // What the worker adds for its job processes is not for its threads.
      execArgv: [],
    });
    this.#thread = thread;
    thread.on('message', ({ level, fields, message }: ThreadNews) => log[level](fields, message));
    thread.on('error', (error) => log.warn({ error }, 'the documents can no longer be read'));
    thread.once('exit', () => {
      if (this.#closed) return;
      this.#again = setTimeout(() => void this.#clear().then(() => this.#begin()), this.#pauseMs);
      this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
    });
  }

  /** A thread that ended has left its socket, and the next could not listen there. */
  async #clear(): Promise<void> {
    if (process.platform !== 'win32') await rm(this.#options.socketPath, { force: true });
  }
}
