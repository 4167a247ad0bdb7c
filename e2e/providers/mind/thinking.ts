import { isQuestion } from '../../../agent/brain/fallback.ts';
import type { Intent, Past } from '../../../agent/brain/intent.ts';
import { understand } from '../../../agent/brain/understand.ts';
import { skillCatalogue, skillTitle } from '../../../agent/skills/catalogue.ts';
import { readRecord } from './json.ts';
import { describe, type View } from './looking.ts';
import { asksToGoOn, dictated, goOn } from './following.ts';
import { chooseOtherTool } from './other-tools.ts';
import { recollect } from './recollection.ts';

/** A tool as the client offered it over the wire. */
export interface OfferedTool {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of its arguments. */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** One thing of the conversation as the client gave it or as it happened since, oldest first. */
export type Remembered =
  | { readonly role: 'user' | 'assistant'; readonly text: string }
  | {
      readonly role: 'tool';
      readonly name: string;
      readonly arguments: Readonly<Record<string, unknown>>;
      /** As the client sent it; undefined while it has not. */
      readonly output: string | undefined;
    };

export interface Situation {
  /** Who is speaking: `Nova Sonic`. */
  readonly name: string;
  /** What the person said. Undefined where the client wants words of its own accord: a greeting. */
  readonly text: string | undefined;
  /** What came before, without `text`. */
  readonly history: readonly Remembered[];
  readonly tools: readonly OfferedTool[];
  /** What is shown to it now. */
  readonly view?: View | undefined;
  /** For the conversation or for this reply. */
  readonly instructions?: string;
}

export interface ToolCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export type Thought =
  | { readonly kind: 'words'; readonly text: string }
  /** In this order; there may be several. */
  | { readonly kind: 'calls'; readonly calls: readonly [ToolCall, ...ToolCall[]] };

/** In words: what may be passed over at the beginning, and what must be left to understand. */
const mostSkipped = 5;
const fewestLeft = 3;
const skillNames = new Set(skillCatalogue.map(({ name }) => name));

/** What to do about what was said: tools that the client offered, or words. Pure. */
export function think(situation: Situation): Thought {
  const { name, text, history, tools, instructions } = situation;
  const reading = dictated(text) ?? dictated(instructions);
  if (reading !== undefined) return words(reading);
  if (text === undefined || text.trim() === '') return words(open(name, instructions));
  if (asksToGoOn(text)) return words(goOn(history));
  const sight = describe(text, situation.view);
  if (sight !== undefined) return words(sight);
  const memory = recollect(situation, text);
  if (memory !== undefined) return words(memory);
  const intents = understandSomehow(text, pastOf(history));
  const offered = new Set(tools.map((tool) => tool.name));
  const calls = intents.flatMap((intent) => (isCall(intent, offered) ? [asCall(intent)] : []));
  if (isSome(calls)) return { kind: 'calls', calls };
  const other = chooseOtherTool(
    text,
    tools.filter((tool) => !skillNames.has(tool.name)),
  );
  if (other) return { kind: 'calls', calls: [other] };
  const said = intents.flatMap((intent) => ('say' in intent ? [intent.say] : []));
  if (said.length > 0) return words(said.join(' '));
  const [lacking] = intents.flatMap((intent) => ('tool' in intent ? [intent.tool] : []));
  if (lacking !== undefined) {
    return words(`I understood: ${skillTitle(lacking)}. But I was given no tool for that.`);
  }
  if (isQuestion(text) && offered.has('search_knowledge')) {
    return { kind: 'calls', calls: [{ name: 'search_knowledge', arguments: { query: text } }] };
  }
  return words(`I understood: ${withMark(text)} I have no answer to that.`);
}

/**
 * A misheard beginning ("Stop! what a seventeen times twenty-three") would be no hindrance to a language model, so as many of the
 * first words are passed over as it takes.
 */
function understandSomehow(text: string, past: Past): readonly Intent[] {
  const said = text.trim().split(/\s+/u);
  const whole = understand(text, past);
  if (whole.length > 0) return whole;
  for (let skipped = 1; skipped <= Math.min(mostSkipped, said.length - fewestLeft); skipped += 1) {
    const intents = understand(said.slice(skipped).join(' '), past);
    if (intents.some((intent) => 'tool' in intent)) return intents;
  }
  return [];
}

/** Words of its own: those that the client asked for in quotation marks, or else a greeting. */
function open(name: string, instructions = ''): string {
  const wanted = /\bsay\b[^"“]{0,60}["“]([^"”]+)["”]/iu.exec(instructions)?.[1];
  return wanted ?? `Hello, this is ${name} speaking. What can I do for you?`;
}

function words(text: string): Thought {
  return { kind: 'words', text };
}

function isCall(
  intent: Intent,
  offered: ReadonlySet<string>,
): intent is Extract<Intent, { tool: string }> {
  return 'tool' in intent && offered.has(intent.tool);
}

function asCall({ tool, args }: Extract<Intent, { tool: string }>): ToolCall {
  return { name: tool, arguments: args };
}

function isSome(calls: ToolCall[]): calls is [ToolCall, ...ToolCall[]] {
  return calls.length > 0;
}

function withMark(text: string): string {
  return /[.!?]$/u.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}

/** The conversation as the rules want it. */
function pastOf(history: readonly Remembered[]): Past {
  const lastAsked = history.findLastIndex(
    (item, index) => item.role === 'user' && history.slice(index).some(isTool),
  );
  const tools = history.filter(isTool);
  return {
    lastCalls: history
      .slice(Math.max(0, lastAsked))
      .filter(isTool)
      .map((call) => ({
        tool: call.name,
        args: call.arguments,
        result: readRecord(call.output ?? ''),
      })),
    remembered: tools.flatMap((call) => {
      const { note } = call.arguments;
      return call.name === 'remember' && typeof note === 'string' ? [note] : [];
    }),
    replies: history.filter(({ role }) => role === 'assistant').length,
  };
}

function isTool(item: Remembered): item is Extract<Remembered, { role: 'tool' }> {
  return item.role === 'tool';
}
