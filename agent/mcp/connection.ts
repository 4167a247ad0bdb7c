import { setTimeout as delay } from 'node:timers/promises';
import { llm } from '@livekit/agents';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  CallToolResultSchema,
  ErrorCode,
  ListToolsResultSchema,
  McpError,
  ToolListChangedNotificationSchema,
  type CallToolResult,
  type Tool,
} from '@modelcontextprotocol/sdk/types.js';
import { ChildTransport } from './child-transport.ts';
import type { McpServerConfig } from './config.ts';
import { redacted } from './variables.ts';

/** All in ms. */
export interface McpTimings {
  /** To start, greet and list its tools; a package runner may have to download the server first. */
  readonly connectMs: number;
  /** Between two questions whether an idle server is still there. */
  readonly idleMs: number;
  /** For the answer to that. */
  readonly pongMs: number;
  /** Before the first new try; doubled with each. */
  readonly retryFirstMs: number;
  readonly retryMostMs: number;
}

const mostPages = 20;
const goodbyeMs = 1000;
const longestReason = 400;

/** One connection to one server, from the greeting until it is lost or closed. */
export class McpConnection {
  readonly #config: McpServerConfig;
  readonly #timings: McpTimings;
  readonly #onTools: () => void;
  readonly #client = new Client({ name: 'parley', version: '0.1.0' }, { capabilities: {} });
  readonly #transport: ChildTransport | StreamableHTTPClientTransport;
  readonly #end = new AbortController();
  #tools: readonly Tool[] = [];
  #listing: Promise<void> | undefined;
  #listAgain = false;
  #checking = false;
  #calls = 0;

  private constructor(config: McpServerConfig, timings: McpTimings, onTools: () => void) {
    this.#config = config;
    this.#timings = timings;
    this.#onTools = onTools;
    const { reach } = config;
    this.#transport =
      reach.kind === 'stdio'
        ? new ChildTransport(reach)
        : new StreamableHTTPClientTransport(reach.url, {
            // A server that sends us elsewhere could have us fetch what only this machine can reach, with its headers.
            requestInit: { headers: { ...reach.headers }, redirect: 'error' },
          });
    this.#client.onclose = () => this.#lose(this.#withLastWords('it ended'));
    this.#client.onerror = () => {
      // Over HTTP nothing else tells that a server is gone.
      if (reach.kind === 'http') void this.#check();
    };
    this.#client.setNotificationHandler(ToolListChangedNotificationSchema, () =>
      this.#list().catch(() => this.#check()),
    );
  }

  /** Starts or reaches the server. Throws an error with words for the log; nothing is left running then. */
  static async open(
    config: McpServerConfig,
    timings: McpTimings,
    onTools: () => void,
    signal: AbortSignal,
  ): Promise<McpConnection> {
    const connection = new McpConnection(config, timings, onTools);
    try {
      await connection.#client.connect(connection.#transport, {
        timeout: timings.connectMs,
        // The SDK never takes its listener off a signal, so it is given one that goes with the request.
        signal: AbortSignal.any([signal]),
      });
      await connection.#list();
    } catch (error) {
      await connection.close();
      throw new Error(connection.#withLastWords(wordsOf(error)), { cause: error });
    }
    void connection.#watch();
    return connection;
  }

  /** What the server offers, allowed or not. */
  get tools(): readonly Tool[] {
    return this.#tools;
  }

  /** The process of a server that was started here. */
  get pid(): number | undefined {
    return this.#transport instanceof ChildTransport ? this.#transport.pid : undefined;
  }

  /** Resolves with the reason once the server is gone or does not answer. */
  get lost(): Promise<string> {
    const { signal } = this.#end;
    return new Promise((resolve) => {
      const tell = (): void => resolve(String(signal.reason));
      if (signal.aborted) tell();
      else signal.addEventListener('abort', tell, { once: true });
    });
  }

  /** Throws an `llm.ToolError` with words for the model, or the signal's reason. */
  async call(
    name: string,
    input: Record<string, unknown>,
    signal: AbortSignal,
  ): Promise<CallToolResult> {
    const { timeoutMs } = this.#config;
    this.#calls += 1;
    try {
      // Not `callTool`: for a result that does not fit its own schema it throws the whole result away.
      return await this.#client.request(
        { method: 'tools/call', params: { name, arguments: input } },
        CallToolResultSchema,
        { timeout: timeoutMs, signal: AbortSignal.any([signal]) },
      );
    } catch (error) {
      signal.throwIfAborted();
      void this.#check();
      throw new llm.ToolError(`The tool failed: ${this.#clean(wordsOf(error))}.`);
    } finally {
      this.#calls -= 1;
    }
  }

  /** Resolves once a server that was started here is gone, with all that it started. */
  async close(): Promise<void> {
    if (this.#transport instanceof StreamableHTTPClientTransport && !this.#end.signal.aborted) {
      const goodbye = this.#transport.terminateSession().catch(() => undefined);
      await Promise.race([goodbye, delay(goodbyeMs, undefined, { ref: false })]);
    }
    this.#lose('it was closed');
    await this.#client.close().catch(() => undefined);
    // A server that never greeted has been closed by the client unawaited.
    await this.#transport.close();
  }

  /** One listing at a time; a change during it leads to another. */
  #list(): Promise<void> {
    this.#listAgain = this.#listing !== undefined;
    this.#listing ??= this.#listOnce().finally(() => {
      this.#listing = undefined;
      if (this.#listAgain) void this.#list().catch(() => this.#check());
    });
    return this.#listing;
  }

  async #listOnce(): Promise<void> {
    const found = new Map<string, Tool>();
    let cursor: string | undefined;
    for (let page = 0; page < mostPages; page += 1) {
      const result = await this.#client.request(
        { method: 'tools/list', params: cursor === undefined ? {} : { cursor } },
        ListToolsResultSchema,
        { timeout: this.#timings.connectMs },
      );
      for (const tool of result.tools) found.set(tool.name, tool);
      cursor = result.nextCursor;
      if (cursor === undefined) break;
    }
    this.#tools = [...found.values()];
    this.#onTools();
  }

  async #watch(): Promise<void> {
    const { signal } = this.#end;
    try {
      for (;;) {
        await delay(this.#timings.idleMs, undefined, { signal, ref: false });
        // Many servers do one thing at a time; while they work they cannot answer.
        if (this.#calls === 0) await this.#check();
      }
    } catch {
      // It is over: the signal has ended the wait.
    }
  }

  /** Asks whether the server is there; one that does not answer is given up. */
  async #check(): Promise<void> {
    const { signal } = this.#end;
    if (this.#checking || signal.aborted) return;
    this.#checking = true;
    try {
      await this.#client.ping({ timeout: this.#timings.pongMs });
    } catch (error) {
      if (!isAnswer(error)) this.#lose(this.#withLastWords(wordsOf(error)));
    } finally {
      this.#checking = false;
    }
  }

  #lose(reason: string): void {
    if (!this.#end.signal.aborted) this.#end.abort(reason);
  }

  /** For the log: what a server writes to stderr as it goes says more than that it is gone. */
  #withLastWords(reason: string): string {
    const said = this.#transport instanceof ChildTransport ? this.#transport.errorText : '';
    const last = said.split('\n').at(-1);
    return this.#clean(last ? `${reason}; its last words: ${last}` : reason);
  }

  #clean(words: string): string {
    return redacted(words, this.#config.secrets).slice(0, longestReason);
  }
}

/** An error that the server itself has sent: it is there. */
function isAnswer(error: unknown): boolean {
  const ours: number[] = [ErrorCode.RequestTimeout, ErrorCode.ConnectionClosed];
  return error instanceof McpError && !ours.includes(error.code);
}

function wordsOf(error: unknown): string {
  if (error instanceof McpError) {
    if (error.code === (ErrorCode.RequestTimeout as number)) return 'it did not answer in time';
    if (error.code === (ErrorCode.ConnectionClosed as number)) return 'it ended';
    return error.message;
  }
  if (!(error instanceof Error)) return String(error);
  // `fetch` says only that it failed; why stands in the cause.
  const cause = error.cause instanceof Error ? error.cause.message : '';
  return cause ? `${error.message} (${cause})` : error.message;
}
