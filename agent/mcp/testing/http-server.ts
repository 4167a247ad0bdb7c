import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

/** A real MCP server over streamable HTTP on localhost, with one session for each client that greets it. */
export class HttpMcpServer {
  /** The `authorization` header of each request, in order. */
  readonly authorizations: (string | undefined)[] = [];
  readonly ended: string[] = [];
  /** Told when `wait` has been called, which never answers. */
  onWait = (): void => undefined;
  readonly #sessions = new Map<
    string,
    { mcp: McpServer; transport: StreamableHTTPServerTransport }
  >();
  readonly #http = createServer((request, response) => {
    this.authorizations.push(request.headers.authorization);
    const id = request.headers['mcp-session-id'];
    const known = typeof id === 'string' ? this.#sessions.get(id) : undefined;
    if (typeof id === 'string' && !known) {
      response.writeHead(404).end();
      return;
    }
    if (request.method === 'DELETE' && typeof id === 'string') this.ended.push(id);
    void Promise.resolve(known?.transport ?? this.#greet()).then((transport) =>
      transport.handleRequest(request, response),
    );
  });

  static async listen(port = 0): Promise<HttpMcpServer> {
    const server = new HttpMcpServer();
    server.#http.listen(port, '127.0.0.1');
    await once(server.#http, 'listening');
    return server;
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/mcp`;
  }

  /** Adds a tool to every open session; clients are told. */
  learn(name: string): void {
    for (const { mcp } of this.#sessions.values()) {
      mcp.registerTool(name, { description: 'New.' }, () => ({
        content: [{ type: 'text', text: `${name} done` }],
      }));
    }
  }

  async stop(): Promise<void> {
    this.#http.close();
    this.#http.closeAllConnections();
    await once(this.#http, 'close');
  }

  async #greet(): Promise<StreamableHTTPServerTransport> {
    const mcp = new McpServer({ name: 'office', version: '1.0.0' });
    mcp.registerTool('greet', { description: 'Says hello.' }, () => ({
      content: [{ type: 'text', text: 'hello' }],
    }));
    mcp.registerTool('wait', { description: 'Never answers.' }, () => {
      this.onWait();
      return new Promise<never>(() => undefined);
    });
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void this.#sessions.set(id, { mcp, transport }),
    });
    await mcp.connect(transport);
    return transport;
  }
}
