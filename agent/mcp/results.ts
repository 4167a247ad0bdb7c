import { llm } from '@livekit/agents';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';

/** A model takes a few pages; a spoken answer needs less, and every provider charges for what it is given. */
const longestResult = 12_000;

/**
 * A result as text for the model, cut to 12,000 characters. What is not text is described, never sent.
 * Throws an `llm.ToolError`, whose words reach the model, where the tool reported an error.
 */
export function readResult(result: CallToolResult): string {
  const text = result.content.map(readPart).filter(Boolean).join('\n');
  if (result.isError) throw new llm.ToolError(cut(text || 'The tool reported an error.'));
  const structured = result.structuredContent && JSON.stringify(result.structuredContent);
  // Servers repeat structured content as text for clients that do not read it.
  if (structured && !sameJson(text, result.structuredContent)) {
    return cut(text ? `${text}\n${structured}` : structured);
  }
  return cut(text || 'Done; the tool had nothing to say.');
}

type Part = CallToolResult['content'][number];

function readPart(part: Part): string {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'image':
    case 'audio':
      return `[${part.type}, ${part.mimeType}, ${kilobytes(part.data)}: it cannot be shown here]`;
    case 'resource_link':
      return `[${part.title ?? part.name}: ${part.uri}]${part.description ? ` ${part.description}` : ''}`;
    case 'resource': {
      const { resource } = part;
      return 'text' in resource
        ? `[${resource.uri}]\n${resource.text}`
        : `[${resource.uri}, ${resource.mimeType ?? 'binary'}, ${kilobytes(resource.blob)}: it cannot be shown here]`;
    }
  }
}

function kilobytes(base64: string): string {
  return `${Math.ceil((base64.length * 3) / 4 / 1024)} kB`;
}

function sameJson(text: string, value: unknown): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === JSON.stringify(value);
  } catch {
    return false;
  }
}

function cut(text: string): string {
  if (text.length <= longestResult) return text;
  const kept = text.slice(0, longestResult);
  return `${kept}\n[cut here: ${text.length - longestResult} more characters]`;
}
