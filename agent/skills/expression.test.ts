import { llm } from '@livekit/agents';
import { describe, expect, it } from 'vitest';
import { arithmeticSkills } from './arithmetic.ts';
import type { SkillResult } from './skill.ts';

const calculator = new llm.ToolContext(arithmeticSkills()).getFunctionTool('calculate');

async function calculate(expression: string): Promise<SkillResult> {
  return (await calculator?.execute({ expression }, {} as llm.ToolOptions)) as SkillResult;
}

describe('calculate', () => {
  it.each([
    ['17 * 23', 391],
    ['3 + 4 * 2', 11],
    ['(3 + 4) * 2', 14],
    ['2(3 + 4)', 14],
    ['-2 ^ 2', -4],
    ['2 ^ 3 ^ 2', 512],
    ['2 ** -1', 0.5],
    ['10 - 4 - 3', 3],
    ['100 / 10 / 2', 5],
    ['1/3 * 3', 1],
    ['sqrt(2) ^ 2', 2],
    ['0.1 + 0.2', 0.3],
    ['5!', 120],
    ['50% * 80', 40],
    ['1,234 × 2', 2468],
    ['2 pi', 6.283185307179586],
    ['mean(1, 2, 6)', 3],
  ])('%s = %d', async (expression, result) => {
    expect((await calculate(expression)).result).toBe(result);
  });

  it.each([
    '',
    '17 *',
    '2 3 4)',
    'constructor(1)',
    'toString()',
    'import("fs")',
    'process.exit(1)',
    'x = 5',
    'f(x) = x',
    '[1, 2]',
    '"text"',
    '('.repeat(200),
    '9'.repeat(301),
    'factorial(100000)',
    '9 ^ 9 ^ 9',
    '0 / 0',
    'sqrt(1, 2)',
  ])('refuses %j in plain words', async (expression) => {
    const answer = await calculate(expression);
    expect(answer).not.toHaveProperty('result');
    expect(answer.say).toMatch(/^[A-Z].*[.?]$/);
  });
});
