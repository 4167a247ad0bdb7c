import type { Conversation, Item, McpCallItem } from './conversation.ts';
import type { WireEvent } from './dialect.ts';
import { newId } from './ids.ts';
import { McpServers } from './mcp-servers.ts';
import type { McpServerSettings } from './settings.ts';
import { WireError } from './wire-error.ts';

export interface ServiceToolsHost {
  readonly conversation: Conversation;
  send(event: WireEvent): void;
  /** Puts an item at the end and tells of it. */
  add(item: Item): void;
  /** Tells that an item is finished. */
  finish(item: Item): void;
}

/** The tools that the service runs itself: listing them, and running what the client has approved. */
export class ServiceTools {
  readonly servers = new McpServers();
  readonly #host: ServiceToolsHost;

  constructor(host: ServiceToolsHost) {
    this.#host = host;
  }

  /** Throws where nothing of that id waits for an answer. */
  checkApproval(requestId: string): void {
    const { items } = this.#host.conversation;
    const asked = items.some(({ id, type }) => id === requestId && type === 'mcp_approval_request');
    const answered = items.some(
      (item) => item.type === 'mcp_approval_response' && item.approvalRequestId === requestId,
    );
    if (asked && !answered) return;
    throw new WireError(
      'invalid_approval_request_id',
      `There is no approval request '${requestId}' that waits for an answer.`,
      { param: 'item.approval_request_id' },
    );
  }

  async list(server: McpServerSettings): Promise<void> {
    if (this.servers.has(server)) return;
    const item = {
      id: newId('mcpl'),
      type: 'mcp_list_tools' as const,
      status: 'in_progress' as const,
      serverLabel: server.label,
      tools: [],
    };
    this.#host.add(item);
    this.#host.send({ type: 'mcp_list_tools.in_progress', item_id: item.id });
    try {
      const tools = await this.servers.connect(server);
      const listed = tools.map(({ name, description, parameters }) => ({
        name,
        ...(description !== undefined && { description }),
        inputSchema: parameters ?? {},
      }));
      this.#host.send({ type: 'mcp_list_tools.completed', item_id: item.id });
      this.#host.finish({ ...item, status: 'completed', tools: listed });
    } catch {
      this.#host.send({ type: 'mcp_list_tools.failed', item_id: item.id });
    }
  }

  /** Runs what was asked for; the client asks for words about it itself. */
  async callApproved(requestId: string, servers: readonly McpServerSettings[]): Promise<void> {
    const request = this.#host.conversation.items.find(({ id }) => id === requestId);
    if (request?.type !== 'mcp_approval_request') return;
    const server = servers.find(({ label }) => label === request.serverLabel);
    if (!server) return;
    const item: McpCallItem = {
      id: newId('mcp'),
      type: 'mcp_call',
      status: 'in_progress',
      serverLabel: server.label,
      name: request.name,
      arguments: request.arguments,
      approvalRequestId: requestId,
      output: null,
      error: null,
    };
    this.#host.add(item);
    const about = { item_id: item.id, output_index: 0 };
    this.#host.send({ type: 'response.mcp_call.in_progress', ...about });
    const outcome = await this.servers.call(server, item.name, item.arguments);
    const failed = 'error' in outcome;
    const finished: McpCallItem = {
      ...item,
      ...outcome,
      status: failed ? 'incomplete' : 'completed',
    };
    this.#host.conversation.replace(finished);
    this.#host.send({ type: `response.mcp_call.${failed ? 'failed' : 'completed'}`, ...about });
    this.#host.finish(finished);
  }
}
