import { chanceSkills } from './chance.ts';
import type { SkillContext, ToolSet } from './skill.ts';

/** Every skill of one conversation, ready for `new Agent({ tools })` whatever the provider. */
export function createSkills(context: SkillContext): ToolSet {
  return [...chanceSkills(context)];
}
