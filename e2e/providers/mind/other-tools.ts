import { isRecord } from './json.ts';
import type { OfferedTool, ToolCall } from './thinking.ts';

const minor = new Set([
  'get',
  'list',
  'find',
  'look',
  'up',
  'the',
  'a',
  'of',
  'for',
  'do',
  'tool',
  'mcp',
]);

/**
 * A tool that the rules do not know, such as one of an MCP server: taken if at least half of the words of its name were
 * said, filled as far as its schema tells how. Of several, the one whose name was said most fully.
 */
export function chooseOtherTool(said: string, tools: readonly OfferedTool[]): ToolCall | undefined {
  const heard = new Set(
    said
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.map(stem) ?? [],
  );
  const scored = tools.map((tool) => {
    const names = wordsOf(tool.name);
    const hits = names.filter((word) => heard.has(stem(word))).length;
    return { tool, share: names.length === 0 ? 0 : hits / names.length };
  });
  const [best] = scored.sort((a, b) => b.share - a.share);
  if (!best || best.share < 0.5) return undefined;
  return { name: best.tool.name, arguments: fill(best.tool, said) };
}

function wordsOf(name: string): string[] {
  const all = name
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const telling = all.filter((word) => !minor.has(word));
  return telling.length > 0 ? telling : all;
}

function stem(word: string): string {
  return word.replace(/(?<=\p{L}{3})s$/u, '');
}

function fill(tool: OfferedTool, said: string): Record<string, unknown> {
  const { properties, required } = tool.parameters ?? {};
  const fields = isRecord(properties) ? Object.entries(properties) : [];
  const needed = Array.isArray(required) ? required : [];
  const numbers = (said.match(/-?\d+(?:\.\d+)?/gu) ?? []).map(Number);
  const filled: Record<string, unknown> = {};
  for (const [name, schema] of fields) {
    const value = isRecord(schema) ? valueFor(schema, said, numbers) : undefined;
    if (value !== undefined && (needed.includes(name) || needed.length === 0)) filled[name] = value;
  }
  return filled;
}

function valueFor(
  schema: Readonly<Record<string, unknown>>,
  said: string,
  numbers: number[],
): unknown {
  const choices = schema['enum'];
  if (Array.isArray(choices)) {
    const lower = said.toLowerCase();
    return choices.find((one) => lower.includes(String(one).toLowerCase())) ?? choices[0];
  }
  if (schema['type'] === 'number' || schema['type'] === 'integer') return numbers.shift();
  if (schema['type'] === 'boolean') return true;
  if (schema['type'] === 'string') return objectOf(said);
  return undefined;
}

/** What it is about: the words after the last "of", "for", "with"…, else all of them. */
function objectOf(said: string): string {
  const plain = said.replace(/[.?!]+$/u, '');
  return /^.*\b(?:of|for|with|about|in|to|named|called)\s+(.+)$/iu.exec(plain)?.[1] ?? plain;
}
