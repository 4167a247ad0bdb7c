import { llm } from '@livekit/agents';
import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import { approvalTimeoutMs } from '#protocol/approval.ts';
import { Approvals, type Approve } from './approvals.ts';
import { asksBefore, type McpConfig } from './config.ts';
import type { McpTimings } from './connection.ts';
import { portableSchema, restoredInput } from './portable-schema.ts';
import { readResult } from './results.ts';
import { McpServer, type McpLog, type McpServerState } from './server.ts';
import { modelToolName } from './tool-names.ts';

/** The tools of all MCP servers, as they are at each moment of a conversation. */
export interface McpTools {
  /** The tools that are offered; the same objects until one changes. */
  tools(): readonly llm.ToolContextEntry[];
  /** For a person; undefined if it is no tool of an MCP server. */
  titleOf(name: string): string | undefined;
  /** Told whenever `tools` has changed. */
  onChange(listener: () => void): () => void;
  /**
   * Resolves when every server is connected or has failed once. Providers that cannot change tools in a running
   * session are best begun after it.
   */
  readonly settled: Promise<void>;
  /** Resolves once every server that was started here is gone. */
  close(): Promise<void>;
}

interface McpOptions {
  /** Asks a person. No answer in time, and any error, is a no. */
  readonly approve: Approve;
  readonly log: McpLog;
  readonly onState?: (state: McpServerState) => void;
  readonly timings?: Partial<McpTimings & { readonly approvalMs: number }>;
}

const usualTimings = {
  connectMs: 30_000,
  idleMs: 20_000,
  pongMs: 10_000,
  retryFirstMs: 1000,
  retryMostMs: 60_000,
  approvalMs: approvalTimeoutMs,
};

/** Connects to the servers in the background; the tools of each are there as soon as it is. Never throws. */
export function connectMcp(config: McpConfig, options: McpOptions): McpTools {
  for (const problem of config.problems) {
    options.log.error({ problem }, `MCP is configured wrongly: ${problem}`);
  }
  return new ServerTools(config, options);
}

interface Offered {
  readonly tool: llm.ToolContextEntry;
  readonly title: string;
}

class ServerTools implements McpTools {
  readonly settled: Promise<void>;
  readonly #servers: readonly McpServer[];
  readonly #approvals: Approvals;
  readonly #listeners = new Set<() => void>();
  /** Tools that have not changed stay the same objects: that is how agents compare them. */
  readonly #made = new Map<string, Offered & { readonly definition: string }>();
  #current: ReadonlyMap<string, Offered> = new Map();

  constructor({ servers }: McpConfig, { approve, log, onState, timings }: McpOptions) {
    const { approvalMs, ...rest } = { ...usualTimings, ...timings };
    this.#approvals = new Approvals(approve, approvalMs);
    this.#servers = servers.map(
      (server) =>
        new McpServer(server, {
          timings: rest,
          log,
          onTools: () => this.#refresh(),
          onState: (state) => onState?.(state),
        }),
    );
    this.settled = Promise.all(this.#servers.map((server) => server.firstTry)).then(
      () => undefined,
    );
  }

  tools(): readonly llm.ToolContextEntry[] {
    return [...this.#current.values()].map(({ tool }) => tool);
  }

  titleOf(name: string): string | undefined {
    return this.#current.get(name)?.title;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    await Promise.all(this.#servers.map((server) => server.close()));
  }

  #refresh(): void {
    const before = this.tools();
    this.#current = new Map(
      this.#servers.flatMap((server) =>
        server.tools.map((tool) => {
          const name = modelToolName(server.config.name, tool.name);
          return [name, this.#offered(name, server, tool)] as const;
        }),
      ),
    );
    const after = this.tools();
    const same = before.length === after.length && before.every((tool, at) => tool === after[at]);
    if (!same) for (const listener of this.#listeners) listener();
  }

  #offered(name: string, server: McpServer, tool: Tool): Offered {
    const definition = JSON.stringify(tool);
    const made = this.#made.get(name);
    if (made?.definition === definition) return made;
    const offered = { ...this.#make(name, server, tool), definition };
    this.#made.set(name, offered);
    return offered;
  }

  #make(name: string, server: McpServer, offered: Tool): Offered {
    const { name: serverName } = server.config;
    const title = offered.title ?? offered.annotations?.title ?? offered.name;
    const tool = llm.tool({
      name,
      description: (offered.description ?? title).slice(0, longestDescription),
      parameters: portableSchema(offered.inputSchema),
      execute: async (given: unknown, { toolCallId, abortSignal }: llm.ToolOptions) => {
        const input = restoredInput(given, offered.inputSchema);
        if (asksBefore(server.config, offered.name)) {
          // Nobody should be asked about a call that cannot be made.
          server.require(offered.name);
          const call = { callId: toolCallId, server: serverName, tool: offered.name, input };
          await this.#approvals.obtain(call, abortSignal);
        }
        return readResult(await server.call(offered.name, input, abortSignal));
      },
    });
    return { tool, title: `${title} (${serverName})`.slice(0, 80) };
  }
}

/** OpenAI refuses longer ones. */
const longestDescription = 1024;
