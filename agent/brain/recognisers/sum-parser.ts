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

/** Words in the order of writing as tokens; one `unknown` if any word has no place in a sum. */
export function tokenise(spoken: string): Token[] {
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

/**
 * Reads tokens as an expression that `calculate` understands, by recursive descent; every step gives up by returning
 * undefined. With `last`, "that" and a missing first operand stand for it.
 */
export class SumParser {
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
