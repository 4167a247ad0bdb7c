import { llm } from '@livekit/agents';
import type { ToolChoice, ToolSpec } from './wire/input-events.ts';

/** The tools as the service wants them. Tools that run at other providers are left out. */
export function toolSpecs(tools: llm.ToolContext): ToolSpec[] {
  return Object.entries(tools.functionTools).map(([name, tool]) => ({
    name,
    description: tool.description,
    schema: JSON.stringify(llm.toJsonSchema(tool.parameters, false)),
  }));
}

/** `none` cannot be said to the service: what is not said leaves it free. */
export function toolChoiceFor(choice: llm.ToolChoice | null): ToolChoice | undefined {
  if (choice === 'required') return { any: {} };
  if (typeof choice === 'object' && choice !== null)
    return { tool: { name: choice.function.name } };
  return undefined;
}

/** The service sometimes puts the JSON of the arguments into a JSON string once more. */
export function peeledArguments(content: string): string {
  const outer = parsed(content);
  if (typeof outer !== 'string') return content;
  const inner = parsed(outer);
  return typeof inner === 'object' && inner !== null ? outer : content;
}

/** A tool's output as the service takes it: JSON of an object. */
export function toolResult(output: string, isError: boolean): string {
  const value = parsed(output) ?? output;
  if (isError) return JSON.stringify({ error: value });
  const isObject = typeof value === 'object' && !Array.isArray(value);
  return JSON.stringify(isObject ? value : { tool_result: value });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
