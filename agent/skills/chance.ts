import { z } from 'zod';
import { joinWords, pick, sayCount, sayNumber } from './saying.ts';
import { skill, type SkillContext, type ToolSet } from './skill.ts';

const mostDice = 20;

/** Coin, dice and numbers out of a hat. */
export function chanceSkills(context: SkillContext): ToolSet {
  const throwDie = (sides: number) => 1 + Math.floor(context.random() * sides);
  return [
    skill({
      name: 'flip_coin',
      description: 'Flips a coin.',
      parameters: z.object({}),
      run: () => {
        const side = pick(['heads', 'tails'], context.random());
        return { side, say: `It's ${side}.` };
      },
    }),
    skill({
      name: 'roll_dice',
      description: 'Rolls one or more dice. A d20 has 20 sides.',
      parameters: z.object({
        count: z.number().int().nullish().describe('How many dice; 1 if not given.'),
        sides: z.number().int().nullish().describe('Sides of each; 6 if not given.'),
      }),
      run: ({ count, sides }) => {
        const dice = count ?? 1;
        const faces = sides ?? 6;
        if (dice < 1 || dice > mostDice)
          return { say: `I can roll between one and ${mostDice} dice.` };
        if (faces < 2 || faces > 1000)
          return { say: 'A die needs between two and a thousand sides.' };
        const rolls = Array.from({ length: dice }, () => throwDie(faces));
        const total = rolls.reduce((sum, roll) => sum + roll, 0);
        if (dice === 1) return { rolls, total, say: `You rolled ${sayArticle(total)}.` };
        return {
          rolls,
          total,
          say: `You rolled ${joinWords(rolls.map(sayCount))}, ${sayNumber(total)} in all.`,
        };
      },
    }),
    skill({
      name: 'pick_number',
      description: 'Picks a whole number at random, both ends included.',
      parameters: z.object({
        from: z.number().int().nullish().describe('Lowest; 1 if not given.'),
        to: z.number().int().nullish().describe('Highest; 100 if not given.'),
      }),
      run: ({ from, to }) => {
        const low = Math.min(from ?? 1, to ?? 100);
        const high = Math.max(from ?? 1, to ?? 100);
        const number = low + Math.floor(context.random() * (high - low + 1));
        return { number, say: `My pick is ${sayNumber(number)}.` };
      },
    }),
  ];
}

function sayArticle(value: number): string {
  const article = /^(?:8|11$|18$|8\d)/.test(String(value)) ? 'an' : 'a';
  return `${article} ${sayCount(value)}`;
}
