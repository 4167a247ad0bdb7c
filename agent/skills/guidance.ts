import { z } from 'zod';
import { pick } from './saying.ts';
import { skill, type SkillContext, type ToolSet } from './skill.ts';

const suggestions = [
  'what time it is in Tokyo',
  'what seventeen times twenty-three is',
  'to set a timer for ten minutes',
  'how many ounces are in a pound',
  'to tell you a joke',
  'how many days there are until Christmas',
  'to remember your locker code',
  'to roll two dice',
] as const;

/** Tells what the assistant can do, in one breath and not as a list. */
export function guidanceSkills(context: SkillContext): ToolSet {
  return [
    skill({
      name: 'help',
      description: 'Tells what the assistant can do.',
      parameters: z.object({}),
      run: () => ({
        say:
          'I can tell the time anywhere, do sums and convert units, run timers, count the days to a date, spell words, ' +
          'remember things for you and look into your documents. I also have jokes, dice and a long story. ' +
          `Try asking me ${pick(suggestions, context.random())}. And cut in whenever you like.`,
      }),
    }),
  ];
}
