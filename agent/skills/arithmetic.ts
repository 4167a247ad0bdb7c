import type { BigNumber, MathNode } from 'mathjs';
import { z } from 'zod';
import { capitalise, roundForSpeech, sayCount, sayNumber } from './saying.ts';
import { skill, type SkillResult, type ToolSet } from './skill.ts';

const longestExpression = 300;

/** Arithmetic on an expression, never on code: only numbers, operators and a few functions get through. */
export function arithmeticSkills(): ToolSet {
  return [
    skill({
      name: 'calculate',
      description:
        'Works out arithmetic exactly. Use it for every sum. Operators + - * / ^ and brackets; functions sqrt(x), cbrt(x), ' +
        'abs(x), factorial(x), mod(a, b), mean(a, b, …), percent(p, x) for p per cent of x, of(a/b, x) for a fraction of x; pi.',
      parameters: z.object({
        expression: z.string().describe('For example 17 * 23 or percent(15, 80).'),
      }),
      run: ({ expression }) => calculate(expression),
    }),
  ];
}

/** Loaded at the first sum: mathjs takes a good part of a second, which the start of a conversation need not pay. */
let loading: Promise<Calculator> | undefined;
type Calculator = Awaited<ReturnType<typeof loadCalculator>>;

async function loadCalculator() {
  const { create, bignumberDependencies, parseDependencies } = await import('mathjs');
  const math = create(
    { ...bignumberDependencies, ...parseDependencies },
    { number: 'BigNumber', precision: 64 },
  );
  return { math };
}

class Unanswerable extends Error {}
const byZero = () => new Unanswerable('Nothing can be divided by zero, so that has no answer.');

async function calculate(raw: string): Promise<SkillResult> {
  const expression = raw
    .replaceAll('×', '*')
    .replaceAll('÷', '/')
    .replaceAll('−', '-')
    .replace(/(?<=\d),(?=\d{3}\b)/g, '');
  if (expression.length > longestExpression)
    return { expression, say: 'That sum is too long for me.' };
  loading ??= loadCalculator();
  const { math } = await loading;
  try {
    const tree = math.parse(expression);
    const big = work(tree, (text) => math.bignumber(text));
    if (!big.isFinite()) throw new Unanswerable('That number is too big for me.');
    const exact = Number(big.toSignificantDigits(17).toString());
    const { value, rounded } =
      big.isInteger() && big.abs().lt(1e15)
        ? { value: exact, rounded: false }
        : roundForSpeech(exact);
    const question = capitalise(words(tree));
    const long = Math.abs(value) >= 1e15 && !Number.isSafeInteger(value);
    return {
      expression,
      result: exact,
      say: `${question} is ${rounded || long ? 'about ' : ''}${sayNumber(value)}.`,
    };
  } catch (error) {
    if (error instanceof Unanswerable) return { expression, say: error.message };
    return { expression, say: "I couldn't make a sum of that. Could you say it another way?" };
  }
}

type Numeral = (text: string) => BigNumber;

/** Evaluates a tree of what is allowed and refuses all else, so that no function of mathjs can be reached by name. */
function work(node: MathNode, numeral: Numeral): BigNumber {
  const shape = shapeOf(node);
  switch (shape.kind) {
    case 'number':
      return numeral(shape.text);
    case 'group':
      return work(shape.inner, numeral);
    case 'call': {
      const values = shape.args.map((arg) => work(arg, numeral));
      const run = functions[shape.name];
      if (!run || values.length < run.least || values.length > run.most) {
        throw new Unanswerable("I can't work that out.");
      }
      return run.work(values as [BigNumber, BigNumber, ...BigNumber[]], numeral);
    }
  }
}

type Shape =
  | { kind: 'number'; text: string; said: string }
  | { kind: 'group'; inner: MathNode }
  | { kind: 'call'; name: string; args: MathNode[] };

const constants: Readonly<Record<string, string>> = {
  pi: '3.14159265358979323846264338327950288419716939937510582097494459',
  e: '2.71828182845904523536028747135266249775724709369995957496696763',
};

function shapeOf(node: MathNode): Shape {
  const part = node as MathNode & {
    value?: unknown;
    name?: string;
    fn?: { name?: string } | string;
    args?: MathNode[];
    content?: MathNode;
  };
  if (node.type === 'ConstantNode') {
    const text = String(part.value);
    if (!/^-?\d*\.?\d+(?:e[+-]?\d{1,3})?$/i.test(text))
      throw new Unanswerable("I can't work that out.");
    return { kind: 'number', text, said: sayCount(Number(text)) };
  }
  if (node.type === 'SymbolNode') {
    const text = constants[(part.name ?? '').toLowerCase()];
    if (text !== undefined) return { kind: 'number', text, said: part.name ?? '' };
  }
  if (node.type === 'ParenthesisNode' && part.content)
    return { kind: 'group', inner: part.content };
  if (node.type === 'OperatorNode' && typeof part.fn === 'string') {
    return { kind: 'call', name: part.fn, args: part.args ?? [] };
  }
  if (node.type === 'FunctionNode' && typeof part.fn === 'object') {
    return { kind: 'call', name: part.fn.name ?? '', args: part.args ?? [] };
  }
  throw new Unanswerable("I can't work that out.");
}

interface Operation {
  readonly least: number;
  readonly most: number;
  work(values: [BigNumber, BigNumber, ...BigNumber[]], numeral: Numeral): BigNumber;
  say(args: [string, string, ...string[]]): string;
}

const one = { least: 1, most: 1 };
const two = { least: 2, most: 2 };

const functions: Readonly<Record<string, Operation>> = {
  add: { ...two, work: ([a, b]) => a.plus(b), say: ([a, b]) => `${a} plus ${b}` },
  subtract: { ...two, work: ([a, b]) => a.minus(b), say: ([a, b]) => `${a} minus ${b}` },
  multiply: { ...two, work: ([a, b]) => a.times(b), say: ([a, b]) => `${a} times ${b}` },
  divide: { ...two, work: ([a, b]) => divide(a, b), say: ([a, b]) => `${a} divided by ${b}` },
  unaryMinus: { ...one, work: ([a]) => a.neg(), say: ([a]) => `minus ${a}` },
  unaryPlus: { ...one, work: ([a]) => a, say: ([a]) => a },
  pow: { ...two, work: ([a, b]) => power(a, b), say: ([a, b]) => sayPower(a, b) },
  sqrt: { ...one, work: ([a]) => squareRoot(a), say: ([a]) => `the square root of ${a}` },
  cbrt: { ...one, work: ([a]) => a.cbrt(), say: ([a]) => `the cube root of ${a}` },
  abs: { ...one, work: ([a]) => a.abs(), say: ([a]) => `the absolute value of ${a}` },
  factorial: {
    ...one,
    work: ([a], numeral) => factorial(a, numeral),
    say: ([a]) => `the factorial of ${a}`,
  },
  mod: {
    ...two,
    work: ([a, b]) => remainder(a, b),
    say: ([a, b]) => `the remainder of ${a} divided by ${b}`,
  },
  percent: {
    ...two,
    work: ([a, b]) => a.times(b).div(100),
    say: ([a, b]) => `${a} percent of ${b}`,
  },
  of: { ...two, work: ([a, b]) => a.times(b), say: ([a, b]) => `${sayFraction(a)} of ${b}` },
  mean: {
    least: 1,
    most: 50,
    work: (values) => values.reduce((sum, value) => sum.plus(value)).div(values.length),
    say: (args) =>
      `the average of ${args.slice(0, -1).join(', ')}${args.length > 1 ? ' and ' : ''}${args.at(-1) ?? ''}`,
  },
};

function divide(a: BigNumber, b: BigNumber): BigNumber {
  if (b.isZero()) throw byZero();
  return a.div(b);
}

function remainder(a: BigNumber, b: BigNumber): BigNumber {
  if (b.isZero()) throw byZero();
  return a.mod(b);
}

function squareRoot(a: BigNumber): BigNumber {
  if (a.isNegative() && !a.isZero())
    throw new Unanswerable('A negative number has no real square root.');
  return a.sqrt();
}

function power(base: BigNumber, exponent: BigNumber): BigNumber {
  // Decimal powers of this size take seconds, and nobody wants to hear them.
  if (exponent.abs().gt(10_000)) throw new Unanswerable('That number is too big for me.');
  if (base.isZero() && exponent.isNegative()) throw byZero();
  const result = base.pow(exponent);
  if (result.isNaN()) throw new Unanswerable('That has no real answer.');
  return result;
}

function factorial(a: BigNumber, numeral: Numeral): BigNumber {
  if (!a.isInteger() || a.isNegative() || a.gt(170)) {
    throw new Unanswerable('I can do factorials of whole numbers up to 170.');
  }
  let product = numeral('1');
  for (let factor = 2; factor <= a.toNumber(); factor += 1) product = product.times(factor);
  return product;
}

function words(node: MathNode): string {
  const shape = shapeOf(node);
  if (shape.kind === 'number') return shape.said;
  if (shape.kind === 'group') return words(shape.inner);
  return functions[shape.name]?.say(shape.args.map(words) as [string, string, ...string[]]) ?? '';
}

function sayPower(base: string, exponent: string): string {
  if (exponent === 'two') return `${base} squared`;
  if (exponent === 'three') return `${base} cubed`;
  return `${base} to the power of ${exponent}`;
}

const fractionNames: Readonly<Record<string, string>> = {
  two: 'half',
  three: 'third',
  four: 'quarter',
  five: 'fifth',
  six: 'sixth',
  seven: 'seventh',
  eight: 'eighth',
  nine: 'ninth',
  ten: 'tenth',
};

function sayFraction(division: string): string {
  const [, top = '', bottom = ''] = /^(\S+) divided by (\S+)$/.exec(division) ?? [];
  const name = fractionNames[bottom];
  if (name === undefined) return division;
  if (top === 'one') return name === 'half' ? 'half' : `a ${name}`;
  return `${top} ${name}s`;
}
