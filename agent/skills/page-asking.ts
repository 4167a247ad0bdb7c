import { llm } from '@livekit/agents';
import type { z } from 'zod';
import { decode } from '#protocol/codec.ts';
import {
  pageRequest,
  type Obstacle,
  type PageAction,
  type PageRequest,
  type PageResponse,
} from '#protocol/page-tools.ts';
import type { SkillResult } from './skill.ts';

/** The person's page, which does things there if the person allows it. */
export interface Page {
  /** Never rejects, but for the signal's reason. No answer is a no. */
  ask(request: PageRequest, signal: AbortSignal): Promise<PageResponse>;
}

type Done = Extract<PageResponse, { outcome: 'done' }>;

interface PageToolDefinition<Schema extends z.ZodObject> {
  readonly name: PageAction['tool'];
  readonly description: string;
  readonly parameters: Schema;
  /** What the page is asked for; a sentence where there is nothing to ask for. */
  action(args: z.output<Schema>): PageAction | string;
  /** What is said once it is done. */
  say(args: z.output<Schema>, answer: Done): string;
  /** Facts beside the sentence, for a model. */
  facts?(answer: Done): Readonly<Record<string, unknown>>;
}

/** A tool that is carried out by the page, with the person's consent. */
export function pageTool<Schema extends z.ZodObject>(
  page: Page,
  definition: PageToolDefinition<Schema>,
): llm.ToolContextEntry {
  const { name, description, parameters } = definition;
  return llm.tool({
    name,
    description: `${description} ${consent}`,
    parameters,
    execute: async (given, { toolCallId, abortSignal }): Promise<SkillResult> => {
      const args = parameters.parse(given);
      const action = definition.action(args);
      if (typeof action === 'string') return { done: false, say: action };
      const call = { callId: toolCallId.slice(0, 128), action };
      // What a model makes up may be of any shape and length.
      const request = decode(pageRequest, JSON.stringify(call));
      if (!request.ok) return { done: false, say: unfit, why: request.reason };
      const answer = await page.ask(request.value, abortSignal);
      return answer.outcome === 'done'
        ? { done: true, ...definition.facts?.(answer), say: definition.say(args, answer) }
        : { done: false, why: answer.why, say: regrets[answer.why] };
    },
  });
}

const consent =
  'The person is asked in the page before anything happens; after a no, do not try again unasked.';

const unfit = 'The page cannot do that as it stands.';

const regrets: Readonly<Record<Obstacle, string>> = {
  no: 'All right, I will leave that.',
  off: 'That is switched off in the settings, so I left it.',
  browser: 'Your browser does not allow that.',
  unavailable: 'That did not work in your page just now.',
  too_many: 'I have asked your page too often. Try again in a moment.',
};
