import { z } from 'zod';
import { jokes } from './jokes.ts';
import { story } from './story.ts';
import { skill, type SkillContext, type ToolSet } from './skill.ts';

/** Jokes, none twice until all are told, and a story that is long enough to be interrupted. */
export function entertainmentSkills(context: SkillContext): ToolSet {
  let left: string[] = [];
  return [
    skill({
      name: 'tell_joke',
      description: 'Tells a short joke. Say it exactly as it is given.',
      parameters: z.object({}),
      run: () => {
        if (left.length === 0) left = [...jokes];
        const [joke = ''] = left.splice(Math.floor(context.random() * left.length), 1);
        return { say: joke };
      },
    }),
    skill({
      name: 'tell_story',
      description: 'Tells a story of about two minutes. Say it exactly as it is given.',
      parameters: z.object({}),
      run: () => ({ title: story.title, say: story.text }),
    }),
  ];
}
