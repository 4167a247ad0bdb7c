import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/** A shop with one tool, over MCP's streamable HTTP, that asks for a token. */
export interface ShopServer {
  readonly url: string;
  readonly token: string;
  /** Orders that were asked for. */
  readonly asked: readonly number[];
  stop(): Promise<void>;
}

export async function startShop(): Promise<ShopServer> {
  const token = 'shop-token';
  const asked: number[] = [];
  const http = createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(401).end();
      return;
    }
    const server = shop(asked);
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
    response.on('close', () => void server.close());
    void server
      .connect(transport as Parameters<McpServer['connect']>[0])
      .then(() => transport.handleRequest(request, response));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`,
    token,
    asked,
    stop: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

function shop(asked: number[]): McpServer {
  const server = new McpServer({ name: 'shop', version: '1.0.0' });
  server.registerTool(
    'order_status',
    { description: 'Where an order is.', inputSchema: { number: z.number().int() } },
    ({ number }) => {
      asked.push(number);
      if (number === 13) throw new Error('There is no such order.');
      return { content: [{ type: 'text', text: `Order ${number} is on its way.` }] };
    },
  );
  return server;
}
