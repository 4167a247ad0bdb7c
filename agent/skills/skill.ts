import { llm } from '@livekit/agents';
import type { z } from 'zod';
import type { KnowledgeSearch } from '../knowledge/knowledge.ts';
import type { Notes } from './notes.ts';
import type { Timers } from './timers.ts';

/** What every skill answers: facts for a model to use, and the sentence that a person would like to hear. */
export interface SkillResult {
  readonly say: string;
  readonly [fact: string]: unknown;
}

/** What a skill may know of the conversation that it works in. */
export interface SkillContext {
  now(): Date;
  /** IANA zone of the person, e.g. `Europe/London`. */
  readonly timeZone: string;
  /** In [0, 1). */
  random(): number;
  readonly timers: Timers;
  readonly notes: Notes;
  /** The assistant's last reply as far as it was spoken; undefined before the first. */
  lastReply(): string | undefined;
  readonly knowledge: KnowledgeSearch;
}

export type ToolSet = readonly llm.ToolContextEntry[];

interface SkillDefinition<Schema extends z.ZodObject> {
  readonly name: string;
  readonly description: string;
  readonly parameters: Schema;
  run(args: z.output<Schema>): SkillResult | Promise<SkillResult>;
}

/** A skill as a LiveKit tool, so that every provider can call it. */
export function skill<Schema extends z.ZodObject>(
  definition: SkillDefinition<Schema>,
): llm.ToolContextEntry {
  const { name, description, parameters } = definition;
  return llm.tool({
    name,
    description,
    parameters,
    execute: async (args) => definition.run(parameters.parse(args)),
  });
}
