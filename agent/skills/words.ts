import { z } from 'zod';
import { capitalise } from './saying.ts';
import { skill, type SkillContext, type ToolSet } from './skill.ts';

const longestWord = 60;

/** Spelling, and saying it again. */
export function wordSkills(context: SkillContext): ToolSet {
  return [
    skill({
      name: 'spell',
      description: 'Spells a word or name aloud, letter by letter.',
      parameters: z.object({ word: z.string() }),
      run: ({ word }) => {
        const bare = word.trim().replace(/^["'“]+|["'”.?!,]+$/g, '');
        if (bare === '') return { say: 'Which word should I spell?' };
        if (bare.length > longestWord) return { say: 'That is too long to spell aloud.' };
        return { word: bare, say: `${capitalise(bare)}: ${letters(bare)}.` };
      },
    }),
    skill({
      name: 'repeat',
      description: 'Says the last reply again.',
      parameters: z.object({}),
      run: () => ({ say: context.lastReply() ?? "I haven't said anything yet." }),
    }),
  ];
}

/** Commas keep the letters apart in speech; a gap between words is said. */
function letters(word: string): string {
  return word
    .split(/\s+/)
    .map((part) =>
      Array.from(part.toUpperCase())
        .map((letter) => signs[letter] ?? letter)
        .join(', '),
    )
    .join('; then ');
}

const signs: Readonly<Record<string, string>> = {
  '-': 'hyphen',
  "'": 'apostrophe',
  '’': 'apostrophe',
};
