import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { OfferedTool } from '../mind/mind.ts';
import type { McpServerSettings } from './settings.ts';

interface Connected {
  readonly client: Client;
  readonly tools: readonly OfferedTool[];
}

export type McpOutcome = { readonly output: string } | { readonly error: string };

/** The MCP servers of one session, which the service itself talks to (streamable HTTP). */
export class McpServers {
  readonly #connected = new Map<string, Connected>();

  has({ url }: McpServerSettings): boolean {
    return this.#connected.has(url);
  }

  /** Rejects if the server does not answer as it should. */
  async connect({
    url,
    headers,
    allowedTools,
  }: McpServerSettings): Promise<readonly OfferedTool[]> {
    const client = new Client({ name: 'realtime-service', version: '1.0.0' });
    const transport = new StreamableHTTPClientTransport(new URL(url), {
      requestInit: { headers },
    });
    await client.connect(transport);
    const { tools } = await client.listTools();
    const offered = tools
      .filter(({ name }) => allowedTools?.includes(name) ?? true)
      .map(({ name, description, inputSchema }) => ({
        name,
        ...(description !== undefined && { description }),
        parameters: inputSchema,
      }));
    this.#connected.set(url, { client, tools: offered });
    return offered;
  }

  toolsOf({ url }: McpServerSettings): readonly OfferedTool[] {
    return this.#connected.get(url)?.tools ?? [];
  }

  async call({ url }: McpServerSettings, name: string, args: string): Promise<McpOutcome> {
    const connected = this.#connected.get(url);
    if (!connected) return { error: 'The MCP server is not connected.' };
    try {
      const result = await connected.client.callTool({
        name,
        arguments: JSON.parse(args) as Record<string, unknown>,
      });
      const output = textOf(result.content);
      return result.isError ? { error: output } : { output };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  }

  async close(): Promise<void> {
    const all = [...this.#connected.values()];
    this.#connected.clear();
    await Promise.allSettled(all.map(({ client }) => client.close()));
  }
}

function textOf(content: unknown): string {
  if (!Array.isArray(content)) return '';
  return content
    .map((part: unknown) =>
      typeof part === 'object' && part !== null && 'text' in part && typeof part.text === 'string'
        ? part.text
        : JSON.stringify(part),
    )
    .join('\n');
}
