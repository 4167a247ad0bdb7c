import { llm } from '@livekit/agents';
import type { McpServer, VoiceLiveOptions } from './options.ts';
import { toWireToolChoice, toWireTools } from './tools.ts';
import { toWireMcpServer, type WireSession, type WireTool } from './wire/session.ts';

/** What the agent tells the model: its instructions and its tools. Each change is returned as it is sent. */
export class Brief {
  #instructions: string | undefined;
  #tools = llm.ToolContext.empty();
  #toolChoice: llm.ToolChoice | null | undefined;

  get tools(): llm.ToolContext {
    return this.#tools.copy();
  }

  /** All of it, for a service that knows nothing yet. */
  whole(options: Pick<VoiceLiveOptions, 'answer' | 'mcpServers'>): WireSession {
    return {
      ...(this.#instructions === undefined ? {} : { instructions: this.#instructions }),
      tools: this.wireTools(options),
      tool_choice: toWireToolChoice(this.#toolChoice),
    };
  }

  instruct(instructions: string): WireSession {
    this.#instructions = instructions;
    return { instructions };
  }

  /** The instructions of one reply take the place of the session's, so those go along. */
  instructionsFor(reply: string | undefined): string | undefined {
    return reply && [this.#instructions, reply].filter(Boolean).join('\n');
  }

  equip(tools: llm.ToolContext): void {
    this.#tools = tools.copy();
  }

  /** Undefined where nothing has changed. */
  choose(toolChoice: llm.ToolChoice | null | undefined): WireSession | undefined {
    const before = JSON.stringify(toWireToolChoice(this.#toolChoice));
    this.#toolChoice = toolChoice;
    const choice = toWireToolChoice(toolChoice);
    return JSON.stringify(choice) === before ? undefined : { tool_choice: choice };
  }

  wireTools({
    answer,
    mcpServers = [],
  }: {
    readonly answer?: VoiceLiveOptions['answer'];
    readonly mcpServers?: readonly McpServer[];
  }): WireTool[] {
    if (answer === 'none') return [];
    return [...toWireTools(this.#tools), ...mcpServers.map(toWireMcpServer)];
  }
}
