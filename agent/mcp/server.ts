import { setTimeout as delay } from 'node:timers/promises';
import { llm } from '@livekit/agents';
import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js';
import type { McpServerConfig } from './config.ts';
import { McpConnection, type McpTimings } from './connection.ts';

/** `lost`: its tools cannot be called until it is back; it is tried again by itself. */
export interface McpServerState {
  readonly server: string;
  readonly state: 'connected' | 'lost';
  /** For a person: how many tools, or why. */
  readonly detail: string;
}

export interface McpLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

interface Options {
  readonly timings: McpTimings;
  readonly log: McpLog;
  onTools(): void;
  onState(state: McpServerState): void;
}

/** A server that lasted this long, in ms, is tried again without further delay when it is lost. */
const soundAfterMs = 60_000;

/** One server for the length of a conversation: connected again, ever more slowly, whenever it is lost. */
export class McpServer {
  readonly config: McpServerConfig;
  readonly #options: Options;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  #connection: McpConnection | undefined;
  /** Of the last connection, as long as it may be back at once. */
  #held: readonly Tool[] = [];
  #state: McpServerState['state'] | undefined;
  #tried = (): void => undefined;
  /** Resolves when the server is connected, or has failed once. */
  readonly firstTry = new Promise<void>((resolve) => (this.#tried = resolve));

  constructor(config: McpServerConfig, options: Options) {
    this.config = config;
    this.#options = options;
    this.#running = this.#run();
  }

  /**
   * The tools that may be used. Those of a server that was lost stay until the first try to have it back fails: some
   * providers take other tools only with a new session, which would cost the reply that tells of the failure.
   */
  get tools(): readonly Tool[] {
    const { allow } = this.config;
    const all = this.#connection?.tools ?? this.#held;
    return allow.includes('*') ? all : all.filter((tool) => allow.includes(tool.name));
  }

  /** Throws an `llm.ToolError` if the tool cannot be called now. */
  require(name: string): McpConnection {
    if (!this.#connection || !this.tools.some((tool) => tool.name === name)) {
      throw new llm.ToolError('The tool cannot be reached at the moment.');
    }
    return this.#connection;
  }

  /** Throws an `llm.ToolError` with words for the model, or the signal's reason. */
  async call(
    name: string,
    input: Record<string, unknown>,
    signal: AbortSignal,
  ): Promise<CallToolResult> {
    return this.require(name).call(name, input, signal);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    const { retryFirstMs, retryMostMs } = this.#options.timings;
    let failures = 0;
    for (;;) {
      const since = performance.now();
      const reason = await this.#serve(signal);
      this.#tried();
      if (signal.aborted) return;
      if (performance.now() - since > soundAfterMs) failures = 0;
      const retryMs = Math.min(retryFirstMs * 2 ** failures, retryMostMs);
      failures += 1;
      this.#tell('lost', reason, { retryMs });
      try {
        await delay(retryMs, undefined, { signal });
      } catch {
        return;
      }
    }
  }

  /** Connects and stays connected. Resolves with the reason once that is over. */
  async #serve(signal: AbortSignal): Promise<string> {
    const { timings } = this.#options;
    const onTools = (): void => this.#options.onTools();
    let connection: McpConnection;
    try {
      connection = await McpConnection.open(this.config, timings, onTools, signal);
    } catch (error) {
      this.#held = [];
      onTools();
      return error instanceof Error ? error.message : String(error);
    }
    const close = (): void => void connection.close();
    signal.addEventListener('abort', close, { once: true });
    this.#connection = connection;
    this.#welcome(connection);
    onTools();
    this.#tried();
    const reason = await connection.lost;
    signal.removeEventListener('abort', close);
    this.#held = connection.tools;
    this.#connection = undefined;
    await connection.close();
    return reason;
  }

  #welcome(connection: McpConnection): void {
    const offered = connection.tools.map((tool) => tool.name);
    const allowed = this.tools.map((tool) => tool.name);
    this.#tell('connected', `${allowed.length} of its ${offered.length} tools are allowed`, {
      offered,
      allowed,
    });
    const unknown = this.config.allow.filter((name) => name !== '*' && !offered.includes(name));
    if (unknown.length > 0) {
      const { name: server } = this.config;
      this.#options.log.warn({ server, unknown }, 'an MCP server lacks tools that are allowed');
    }
  }

  #tell(state: McpServerState['state'], detail: string, fields: object): void {
    const { name: server } = this.config;
    if (state === 'lost') {
      this.#options.log.warn({ server, ...fields }, `the MCP server ${server} is lost: ${detail}`);
    } else {
      this.#options.log.info({ server, ...fields }, `the MCP server ${server}: ${detail}`);
    }
    if (state !== this.#state) this.#options.onState({ server, state, detail });
    this.#state = state;
  }
}
