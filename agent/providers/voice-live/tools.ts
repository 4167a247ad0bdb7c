import { llm } from '@livekit/agents';
import type { WireTool, WireToolChoice } from './wire/session.ts';

/** The agent's tools as the service takes them. Those of other providers are left out. */
export function toWireTools(tools: llm.ToolContext): WireTool[] {
  return tools.flatten().flatMap((tool): WireTool[] =>
    llm.isFunctionTool(tool)
      ? [
          {
            type: 'function',
            name: tool.name,
            description: tool.description,
            parameters: llm.toJsonSchema(tool.parameters),
          },
        ]
      : [],
  );
}

export function toWireToolChoice(choice: llm.ToolChoice | null | undefined): WireToolChoice {
  if (!choice) return 'auto';
  return typeof choice === 'string' ? choice : { type: 'function', name: choice.function.name };
}
