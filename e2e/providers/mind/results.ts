import { isRecord, readValue } from './json.ts';

/** What came back from a tool, as the client sent it. */
export interface ToolResult {
  readonly output: string;
  readonly isError?: boolean;
}

/** The words for results of tools: what a skill gave to be said, else the text in them. */
export function tell(results: readonly ToolResult[]): string {
  return results
    .map(({ output, isError = false }) => tellOne(readValue(output), isError))
    .join(' ');
}

function tellOne(value: unknown, isError: boolean): string {
  const failure = isRecord(value) && value['error'] !== undefined ? value['error'] : undefined;
  if (failure !== undefined || isError)
    return `That did not work. ${textOf(failure ?? value)}`.trim();
  return textOf(value) || 'It is done.';
}

/** Wrappings that clients and MCP servers put around what is meant. */
const wrappings = ['say', 'text', 'tool_result', 'result', 'output', 'content', 'message'] as const;

function textOf(value: unknown): string {
  if (typeof value === 'string') {
    const inner = readValue(value);
    return typeof inner === 'string' ? inner : textOf(inner);
  }
  if (typeof value === 'number' || typeof value === 'boolean') return `${value}`;
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join(' ');
  if (!isRecord(value)) return '';
  for (const key of wrappings) {
    if (value[key] !== undefined) return textOf(value[key]);
  }
  return Object.entries(value)
    .map(([key, field]) => `${key.replaceAll('_', ' ')}: ${textOf(field)}`)
    .join(', ');
}
