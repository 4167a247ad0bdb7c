import { arithmeticSkills } from './arithmetic.ts';
import { chanceSkills } from './chance.ts';
import { clockSkills } from './clock.ts';
import { conversionSkills } from './conversion.ts';
import { documentSkills } from './documents.ts';
import { entertainmentSkills } from './entertainment.ts';
import { guidanceSkills } from './guidance.ts';
import { memorySkills } from './memory.ts';
import type { SkillContext, ToolSet } from './skill.ts';
import { timingSkills } from './timing.ts';
import { wordSkills } from './words.ts';

/** Every skill of one conversation, ready for `new Agent({ tools })` whatever the provider. */
export function createSkills(context: SkillContext): ToolSet {
  return [
    ...clockSkills(context),
    ...arithmeticSkills(),
    ...conversionSkills(),
    ...timingSkills(context),
    ...wordSkills(context),
    ...guidanceSkills(context),
    ...entertainmentSkills(context),
    ...chanceSkills(context),
    ...memorySkills(context),
    ...documentSkills(context),
  ];
}
