import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { parseExpression, type Expression } from './expression.ts';
import { capitalise, joinWords, roundForSpeech, sayCount, sayNumber } from './saying.ts';
import { skill, type SkillResult, type ToolSet } from './skill.ts';

const longestExpression = 300;
const longestReadBack = 90;

/** Arithmetic on an expression, never on code: only numbers, operators and the functions below get through. */
export function arithmeticSkills(): ToolSet {
  return [
    skill({
      name: 'calculate',
      description:
        'Works out arithmetic exactly. Use it for every sum. Operators + - * / ^ and brackets; functions sqrt(x), cbrt(x), ' +
        'abs(x), factorial(x), mod(a, b), mean(a, b, …), percent(p, x) for p per cent of x, of(a/b, x) for a fraction of x, ' +
        'share(a, b) for a as a percentage of b, more(a, p) and less(a, p) for a plus or minus p per cent; pi.',
      parameters: z.object({
        expression: z.string().describe('For example 17 * 23 or percent(15, 80).'),
      }),
      run: ({ expression }) => calculate(expression),
    }),
  ];
}

/** Enough figures that thirds and roots come out right when they are multiplied back. */
const Exact = Decimal.clone({ precision: 60 });

/** A sum without an answer, with the words to say so. */
class Unanswerable extends Error {}

function calculate(raw: string): SkillResult {
  const expression = raw
    .replace(/[×·]/g, '*')
    .replaceAll('÷', '/')
    .replaceAll('−', '-')
    .replace(/(?<=\d),(?=\d{3}\b)/g, '');
  if (expression.length > longestExpression) {
    return { expression, say: 'That sum is too long for me.' };
  }
  try {
    const tree = parseExpression(expression);
    const exact = evaluate(tree);
    if (!exact.isFinite()) throw new Unanswerable('That number is too big for me.');
    return { expression, result: exact.toNumber(), say: sayAnswer(tree, sayResult(exact)) };
  } catch (error) {
    const known = error instanceof Unanswerable;
    return {
      expression,
      say: known ? error.message : "I couldn't make a sum of that. Could you say it another way?",
    };
  }
}

function sayAnswer(tree: Expression, result: string): string {
  if (tree.kind === 'call' && tree.name === 'share') {
    const [part = '', whole = ''] = tree.args.map(words);
    return `${capitalise(part)} is ${result} percent of ${whole}.`;
  }
  const question = words(tree);
  // Brackets cannot be heard, and nobody wants a long sum read back.
  if (hasBrackets(tree) || question.length > longestReadBack) return `That makes ${result}.`;
  return `${capitalise(question)} is ${result}.`;
}

function hasBrackets(tree: Expression): boolean {
  if (tree.kind === 'call') return tree.args.some(hasBrackets);
  if (tree.kind !== 'group') return false;
  const { inner } = tree;
  // A fraction or a negative number in brackets is heard as one thing.
  return words(tree) === words(inner) && !(inner.kind === 'call' && inner.name === 'negate');
}

function sayResult(exact: Decimal): string {
  const clean = exact.toSignificantDigits(40);
  if (clean.isInteger() && clean.abs().lt(1e15)) return sayNumber(clean.toNumber());
  const number = clean.toNumber();
  if (clean.abs().gte(1e15)) {
    const short = clean.toSignificantDigits(3);
    return `${short.eq(clean) ? '' : 'about '}${sayNumber(short.toNumber())}`;
  }
  const { value, rounded } = roundForSpeech(number);
  return `${rounded ? 'about ' : ''}${sayNumber(value)}`;
}

function evaluate(tree: Expression): Decimal {
  switch (tree.kind) {
    case 'number':
      return new Exact(tree.text);
    case 'name':
      return constant(tree.name);
    case 'group':
      return evaluate(tree.inner);
    case 'call': {
      const [first, ...others] = tree.args.map(evaluate);
      const operation = Object.hasOwn(operations, tree.name) ? operations[tree.name] : undefined;
      if (
        !operation ||
        !first ||
        tree.args.length < operation.least ||
        tree.args.length > operation.most
      ) {
        throw new Unanswerable("I can't work that out.");
      }
      return operation.work(first, others[0] ?? first, [first, ...others]);
    }
  }
}

function constant(name: string): Decimal {
  if (name === 'pi') return Exact.acos(-1);
  if (name === 'e') return Exact.exp(1);
  throw new Unanswerable("I can't work that out.");
}

interface Operation {
  readonly least: number;
  readonly most: number;
  work(a: Decimal, b: Decimal, all: readonly Decimal[]): Decimal;
  say(a: string, b: string, all: readonly string[]): string;
}

const one = { least: 1, most: 1 };
const two = { least: 2, most: 2 };

const operations: Readonly<Record<string, Operation>> = {
  add: { ...two, work: (a, b) => a.plus(b), say: (a, b) => `${a} plus ${b}` },
  subtract: { ...two, work: (a, b) => a.minus(b), say: (a, b) => `${a} minus ${b}` },
  multiply: { ...two, work: (a, b) => a.times(b), say: (a, b) => `${a} times ${b}` },
  divide: { ...two, work: divide, say: (a, b) => `${a} divided by ${b}` },
  negate: { ...one, work: (a) => a.neg(), say: (a) => `minus ${a}` },
  pow: { ...two, work: power, say: sayPower },
  sqrt: { ...one, work: squareRoot, say: (a) => `the square root of ${a}` },
  cbrt: { ...one, work: (a) => a.cbrt(), say: (a) => `the cube root of ${a}` },
  abs: { ...one, work: (a) => a.abs(), say: (a) => `the absolute value of ${a}` },
  factorial: { ...one, work: factorial, say: (a) => `the factorial of ${a}` },
  mod: { ...two, work: remainder, say: (a, b) => `the remainder of ${a} divided by ${b}` },
  hundredths: { ...one, work: (a) => a.div(100), say: (a) => `${a} percent` },
  percent: { ...two, work: (a, b) => a.times(b).div(100), say: (a, b) => `${a} percent of ${b}` },
  share: {
    ...two,
    work: (a, b) => divide(a, b).times(100),
    say: (a, b) => `${a} as a percentage of ${b}`,
  },
  more: {
    ...two,
    work: (a, b) => a.plus(a.times(b).div(100)),
    say: (a, b) => `${a} plus ${b} percent`,
  },
  less: {
    ...two,
    work: (a, b) => a.minus(a.times(b).div(100)),
    say: (a, b) => `${a} minus ${b} percent`,
  },
  of: {
    ...two,
    work: (a, b) => a.times(b),
    say: (a, b) => `${sayFraction(a).replace(/^one half$/, 'half')} of ${b}`,
  },
  mean: {
    least: 1,
    most: 50,
    work: (_a, _b, all) => all.reduce((sum, value) => sum.plus(value)).div(all.length),
    say: (_a, _b, all) => `the average of ${joinWords(all)}`,
  },
};

function divide(a: Decimal, b: Decimal): Decimal {
  if (b.isZero()) throw byZero();
  return a.div(b);
}

function remainder(a: Decimal, b: Decimal): Decimal {
  if (b.isZero()) throw byZero();
  return a.mod(b);
}

function squareRoot(a: Decimal): Decimal {
  if (a.lt(0)) throw new Unanswerable('A negative number has no real square root.');
  return a.sqrt();
}

function power(base: Decimal, exponent: Decimal): Decimal {
  // Powers beyond this take seconds, and nobody wants to hear them.
  if (exponent.abs().gt(10_000)) throw new Unanswerable('That number is too big for me.');
  if (base.isZero() && exponent.lt(0)) throw byZero();
  const result = base.pow(exponent);
  if (result.isNaN()) throw new Unanswerable('That has no real answer.');
  if (result.abs().gt('1e300')) throw new Unanswerable('That number is too big for me.');
  return result;
}

function factorial(a: Decimal): Decimal {
  if (!a.isInteger() || a.lt(0) || a.gt(170)) {
    throw new Unanswerable('I can do factorials of whole numbers up to 170.');
  }
  let product = new Exact(1);
  for (let factor = 2; factor <= a.toNumber(); factor += 1) product = product.times(factor);
  return product;
}

function byZero(): Unanswerable {
  return new Unanswerable('Nothing can be divided by zero, so that has no answer.');
}

/** The sum as it is spoken: "seventeen times twenty-three". */
function words(tree: Expression): string {
  switch (tree.kind) {
    case 'number':
      return sayCount(roundForSpeech(Number(tree.text)).value);
    case 'name':
      return tree.name;
    case 'group':
      return sayFraction(words(tree.inner));
    case 'call': {
      const [first = '', ...others] = tree.args.map(words);
      return operations[tree.name]?.say(first, others[0] ?? first, [first, ...others]) ?? '';
    }
  }
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

/** "One divided by three" as "one third"; all else as it is. */
function sayFraction(division: string): string {
  const [, top = '', bottom = ''] = /^(\S+) divided by (\S+)$/.exec(division) ?? [];
  const name = fractionNames[bottom];
  if (name === undefined) return division;
  return top === 'one' ? `one ${name}` : `${top} ${name === 'half' ? 'halve' : name}s`;
}
