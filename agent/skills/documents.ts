import { z } from 'zod';
import type { Passage } from '../knowledge/knowledge.ts';
import { skill, type SkillContext, type ToolSet } from './skill.ts';

/** Search over the person's own documents. */
export function documentSkills(context: SkillContext): ToolSet {
  return [
    skill({
      name: 'search_knowledge',
      description:
        "Searches the person's own documents, those given in this conversation included. Use it for questions about them or about Parley itself, and say where the answer stands.",
      parameters: z.object({ query: z.string().describe('The question, in its own words.') }),
      run: async ({ query }) => {
        const passages = await context.knowledge.search(query, 3);
        const [best] = passages;
        if (!best) return { passages, say: 'I found nothing about that in the documents.' };
        return { passages, say: `${sentence(best.answer)} That is from ${sourceOf(best)}.` };
      },
    }),
  ];
}

/** How a source is said aloud: "the document privacy", "page 2 of visitor guide". */
function sourceOf(passage: Passage): string {
  const name = (passage.file.split('/').at(-1) ?? passage.file)
    .replace(/\.[^.]+$/, '')
    .replace(/[-_]+/g, ' ');
  return passage.page === undefined
    ? `the document "${name}"`
    : `page ${passage.page} of "${name}"`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
