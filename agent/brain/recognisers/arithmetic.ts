import { withOrdinals } from '../spoken-numbers.ts';
import type { Intent, Recogniser } from '../intent.ts';
import type { Utterance } from '../utterance.ts';

const opening =
  /^(?:(?:what|how much|how many) (?:is|are|does|do|would|will)(?: the (?:answer|result|total|value) (?:of|to|for))?|what about|calculate|compute|work out|figure out|solve|evaluate|add up|(?:the )?(?:answer|result) (?:of|to|for)|what do (?:you|i|we) get (?:if|when) (?:you|i|we)|give me|do) /;
const closing =
  / ?(?:equals?(?: to)?(?: what)?|is equal to what|makes?|comes? to|is what|=|be|is)\??$/;

/** Sums in words, digits or both. */
export const recogniseArithmetic: Recogniser = (utterance) => {
  const expression = readSum(utterance.text, undefined);
  return expression === undefined ? undefined : { tool: 'calculate', args: { expression } };
};

/** "Times two", "and half of that": goes on from the last result. */
export function continueArithmetic(utterance: Utterance, last: number): Intent | undefined {
  const expression = readSum(utterance.text, last);
  return expression === undefined ? undefined : { tool: 'calculate', args: { expression } };
}

/**
 * Reads an utterance as an arithmetic expression that `calculate` understands; undefined if a word is left over
 * or nothing is to be worked out. With `last`, "that" and a missing first operand stand for it.
 */
function readSum(text: string, last: number | undefined): string | undefined {
  const bare = text
    .replace(/^what (?=.+ is$)/, 'what is ')
    .replace(opening, '')
    .replace(closing, '')
    .trim();
  if (bare === '') return undefined;
  const asksAnew = bare.length < text.replace(/^(?:and|what about|how about) /, '').length;
  return new SumParser(tokenise(rearrange(bare)), last, !asksAnew).read();
}

const fractionWords: Readonly<Record<string, number>> = {
  half: 2,
  halves: 2,
  third: 3,
  quarter: 4,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  hundredth: 100,
};

/** Turns of phrase that put the operator in front, brought into the order of writing. */
function rearrange(said: string): string {
  const powers = said.replace(
    /\b(?:raised )?to the (?:power of )?(\S+?)(?:th|rd|nd|st)?(?: power)?(?=$| (?:plus|minus|times|divided))/g,
    (whole, exponent: string) => {
      if (whole.includes(' power')) return `^ ${withOrdinals(exponent).replace(/(?<=\d)\D+$/, '')}`;
      const ordinal = /^\d+(?:st|nd|rd|th)$/.exec(withOrdinals(whole.split(' ').at(-1) ?? ''));
      return ordinal ? `^ ${ordinal[0].replace(/\D/g, '')}` : whole;
    },
  );
  const fractions = powers.replace(
    /\b(a|an|one|two|three|four|five|six|seven|eight|nine|\d) (half|halves|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|hundredth)s?\b/g,
    (_, top: string, bottom: string) => {
      const count = top === 'a' || top === 'an' ? '1' : withOrdinals(top);
      return `${count}|${fractionWords[bottom] ?? 1}`;
    },
  );
  const ordered = withOrdinals(fractions.replace(/\bhalf(?= (?:of|a \d|\d|that|it))/g, '1|2'));
  return turns.reduce((text, [pattern, order]) => text.replace(pattern, order), mixed(ordered));
}

/** "3 and a half" as one number. */
function mixed(text: string): string {
  return text.replace(
    /([\d.]+) and (\d)\|(\d)\b/g,
    (_, whole: string, top: string, bottom: string) =>
      String(Number(whole) + Number(top) / Number(bottom)),
  );
}

/** Each turn of phrase with the order in which it is written. */
const turns: readonly [RegExp, string][] = [
  [/(?<=\d)\s*%/g, ' percent'],
  [/\bper cent\b/g, 'percent'],
  [
    /\bthe (?=sum|product|difference|quotient|average|mean|square|cube|remainder|factorial|total)/g,
    '',
  ],
  [/^(?:sum|total) of (.+) and (.+)$/, '$1 plus $2'],
  [/^product of (.+) and (.+)$/, '$1 times $2'],
  [/^difference (?:between|of) (.+) and (.+)$/, '$1 minus $2'],
  [/^quotient of (.+) and (.+)$/, '$1 divided by $2'],
  [/^add (.+?) (?:and|to|with) (.+)$/, '$1 plus $2'],
  [/^(?:subtract|take|take away|deduct) (.+?) (?:away )?from (.+)$/, '$2 minus $1'],
  [/^multiply (.+?) (?:by|and|with|times) (.+)$/, '$1 times $2'],
  [/^divide (.+?) (?:by|into) (.+)$/, '$1 divided by $2'],
  [spoken('(?:how many times )?(?:does )?# goe?s? into #(?: times)?'), '$2 divided by $1'],
  [spoken('(?:remainder|modulus) (?:of|when) # (?:is )?divided by #'), '$1 mod $2'],
  [spoken('(?:what )?(?:percent|percentage) of # is #'), '$2 share $1'],
  [spoken('(?:what )?(?:percent|percentage) is # (?:out )?of #'), '$1 share $2'],
  [spoken('# (?:is |as )(?:what |a )(?:percent|percentage) of #'), '$1 share $2'],
  [spoken('# out of # (?:as a percentage|in percent)'), '$1 share $2'],
  [spoken('# percent off #'), 'less ( $2 , $1 )'],
  [spoken('(?:increase # by|# plus|# increased by) # percent'), 'more ( $1$2$3 , $4 )'],
  [spoken('(?:decrease # by|# minus|# decreased by|# less) # percent'), 'less ( $1$2$3$4 , $5 )'],
  [spoken('(?:a )?# percent (?:tip )?on #(?: dollars| pounds| euros)?'), '$1 percent of $2'],
  [/^square (that|it|this)$/, '$1 squared'],
  [/^cube (that|it|this)$/, '$1 cubed'],
  [/^(?:average|mean) of (.+)$/, 'mean ( $1 )'],
];

/** The pattern of a whole utterance in which # stands for a number. */
function spoken(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll('#', '(-?[\\d.]+|that|it|to|two|for|ate)')}$`);
}

type Token =
  | { kind: 'number'; text: string }
  | { kind: 'operator'; text: string }
  | { kind: 'prefix'; text: string }
  | { kind: 'function'; name: string }
  | { kind: 'postfix'; text: string }
  | {
      kind:
        'open' | 'close' | 'comma' | 'that' | 'minus' | 'negative' | 'percentOf' | 'share' | 'and';
    }
  | { kind: 'homophone'; text: string }
  | { kind: 'unknown' };

const phrases: readonly [RegExp, (match: string[]) => Token | undefined][] = [
  [
    /^(\d+)\|(\d+)(?: of)?(?= |$)/,
    (m) => ({ kind: 'prefix', text: `${m[1] ?? ''}/${m[2] ?? ''}` }),
  ],
  [/^(\d*\.?\d+)/, (m) => ({ kind: 'number', text: m[1] ?? '' })],
  [/^(?:square root|squareroot|root)(?: of)?\b/, () => ({ kind: 'prefix', text: 'sqrt' })],
  [/^cube root(?: of)?\b/, () => ({ kind: 'prefix', text: 'cbrt' })],
  [/^√/, () => ({ kind: 'prefix', text: 'sqrt' })],
  [/^factorial of\b/, () => ({ kind: 'prefix', text: 'factorial' })],
  [/^(?:double|twice)\b/, () => ({ kind: 'prefix', text: '2 *' })],
  [/^(?:triple|thrice)\b/, () => ({ kind: 'prefix', text: '3 *' })],
  [/^(?:the )?(?:absolute value of)\b/, () => ({ kind: 'prefix', text: 'abs' })],
  [/^(mean|more|less)(?= \()/, (m) => ({ kind: 'function', name: m[1] ?? '' })],
  [/^percent of\b/, () => ({ kind: 'percentOf' })],
  [/^share\b/, () => ({ kind: 'share' })],
  [/^(?:squared|²)/, () => ({ kind: 'postfix', text: '^ 2' })],
  [/^(?:cubed|³)/, () => ({ kind: 'postfix', text: '^ 3' })],
  [/^(?:factorial\b|!)/, () => ({ kind: 'postfix', text: '!' })],
  [/^negative\b/, () => ({ kind: 'negative' })],
  [/^(?:plus|added to|add)\b|^\+/, () => ({ kind: 'operator', text: '+' })],
  [/^(?:minus|take away|subtract|less)\b|^[-−–]/, () => ({ kind: 'minus' })],
  [
    /^(?:multiplied by|multiply by|multiplied with|times|time|x|by)\b|^[*×·]/,
    () => ({ kind: 'operator', text: '*' }),
  ],
  [/^(?:divided by|divide by|over|divided)\b|^[/÷]/, () => ({ kind: 'operator', text: '/' })],
  [
    /^(?:to the power of|to the power|raised to|power)\b|^\^|^\*\*/,
    () => ({ kind: 'operator', text: '^' }),
  ],
  [/^(?:modulo|mod|modulus)\b/, () => ({ kind: 'operator', text: 'mod' })],
  [/^pi\b|^π/, () => ({ kind: 'number', text: 'pi' })],
  [/^(?:that|this|it|the result|the answer|the total)\b/, () => ({ kind: 'that' })],
  [/^(?:open (?:bracket|parenthesis|paren)s?|\()/, () => ({ kind: 'open' })],
  [/^(?:close (?:bracket|parenthesis|paren)s?|\))/, () => ({ kind: 'close' })],
  [/^,/, () => ({ kind: 'comma' })],
  [/^and\b/, () => ({ kind: 'and' })],
  [/^(?:to|too)\b/, () => ({ kind: 'homophone', text: '2' })],
  [/^(?:for|fore)\b/, () => ({ kind: 'homophone', text: '4' })],
  [/^ate\b/, () => ({ kind: 'homophone', text: '8' })],
  [/^won\b/, () => ({ kind: 'homophone', text: '1' })],
  [/^(?:the|a)\b/, () => undefined],
];

function tokenise(spoken: string): Token[] {
  const tokens: Token[] = [];
  let rest = spoken.trim();
  while (rest !== '') {
    const found = phrases
      .map(([pattern, make]) => ({ match: pattern.exec(rest), make }))
      .find(({ match }) => match !== null);
    if (!found?.match) return [{ kind: 'unknown' }];
    const token = found.make(found.match);
    if (token) tokens.push(token);
    rest = rest.slice(found.match[0].length).trim();
  }
  return tokens;
}

/** Recursive descent over the tokens; gives up by returning undefined. */
class SumParser {
  readonly #tokens: readonly Token[];
  readonly #last: number | undefined;
  /** "Minus 5" alone goes on from the last result; "what is minus 5" does not. */
  readonly #mayContinue: boolean;
  #at = 0;
  #worked = false;

  constructor(tokens: readonly Token[], last: number | undefined, mayContinue: boolean) {
    this.#tokens = tokens;
    this.#last = last;
    this.#mayContinue = mayContinue;
  }

  read(): string | undefined {
    let text: string | undefined;
    if (this.#last !== undefined && this.#mayContinue && this.#continues()) {
      if (this.#peek()?.kind === 'and') this.#at += 1;
      text = this.#rest(this.#postfixes(number(this.#last)));
    } else {
      text = this.#sum();
    }
    return text !== undefined && this.#worked && this.#at === this.#tokens.length
      ? text
      : undefined;
  }

  #continues(): boolean {
    const first = this.#tokens[0]?.kind === 'and' ? this.#tokens[1] : this.#tokens[0];
    return first?.kind === 'operator' || first?.kind === 'minus' || first?.kind === 'postfix';
  }

  #sum(): string | undefined {
    const first = this.#operand();
    return first === undefined ? undefined : this.#rest(first);
  }

  #rest(first: string): string | undefined {
    let text = first;
    for (let token = this.#peek(); token; token = this.#peek()) {
      const operator =
        token.kind === 'operator'
          ? token.text
          : token.kind === 'minus'
            ? '-'
            : token.kind === 'and'
              ? '+'
              : undefined;
      if (operator === undefined) break;
      this.#at += 1;
      const next = this.#operand();
      if (next === undefined) return undefined;
      this.#worked = true;
      text = operator === 'mod' ? `mod(${text}, ${next})` : `${text} ${operator} ${next}`;
    }
    return text;
  }

  #operand(): string | undefined {
    const token = this.#peek();
    if (!token) return undefined;
    this.#at += 1;
    switch (token.kind) {
      case 'number':
      case 'homophone':
        return this.#postfixes(token.text);
      case 'that':
        return this.#last === undefined ? undefined : this.#postfixes(number(this.#last));
      case 'minus': {
        const inner = this.#operand();
        return inner === undefined ? undefined : `-${inner}`;
      }
      case 'open': {
        const inner = this.#sum();
        if (inner === undefined || this.#peek()?.kind !== 'close') return undefined;
        this.#at += 1;
        return this.#postfixes(`(${inner})`);
      }
      case 'prefix':
        return this.#prefixed(token.text);
      case 'function':
        return this.#call(token.name);
      case 'negative': {
        const inner = this.#operand();
        return inner === undefined ? undefined : `-${inner}`;
      }
      default:
        return undefined;
    }
  }

  #prefixed(name: string): string | undefined {
    const fraction = /^\d+\/\d+$/.test(name);
    const next = this.#peek()?.kind;
    if (
      fraction &&
      next !== 'number' &&
      next !== 'that' &&
      next !== 'prefix' &&
      next !== 'homophone'
    ) {
      return this.#postfixes(`(${name})`);
    }
    const inner = this.#operand();
    if (inner === undefined) return undefined;
    this.#worked = true;
    if (fraction) return `of(${name}, ${inner})`;
    return name.endsWith('*') ? `${name} ${inner}` : `${name}(${inner})`;
  }

  #call(name: string): string | undefined {
    if (this.#peek()?.kind !== 'open') return undefined;
    this.#at += 1;
    const args: string[] = [];
    for (;;) {
      const arg = this.#operand();
      if (arg === undefined) return undefined;
      args.push(arg);
      if (this.#peek()?.kind === 'comma') this.#at += 1;
      if (this.#peek()?.kind === 'and') this.#at += 1;
      if (this.#peek()?.kind === 'close') break;
    }
    this.#at += 1;
    if (args.length < 2) return undefined;
    this.#worked = true;
    return `${name}(${args.join(', ')})`;
  }

  #postfixes(operand: string): string {
    let text = operand;
    for (let token = this.#peek(); token; token = this.#peek()) {
      if (token.kind === 'postfix') {
        text = token.text === '!' ? `factorial(${text})` : `${text} ${token.text}`;
      } else if (token.kind === 'percentOf' || token.kind === 'share') {
        this.#at += 1;
        const whole = this.#operand();
        if (whole === undefined) return text;
        this.#worked = true;
        return `${token.kind === 'share' ? 'share' : 'percent'}(${text}, ${whole})`;
      } else break;
      this.#at += 1;
      this.#worked = true;
    }
    return text;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }
}

function number(last: number): string {
  return last < 0 ? `(${last})` : String(last);
}
