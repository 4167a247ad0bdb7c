/** An arithmetic expression as a tree. Names are not resolved here; who evaluates it decides what there is. */
export type Expression =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'group'; readonly inner: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] };

const deepest = 60;

/**
 * Reads `17 * 23`, `2 ^ -3`, `sqrt(16) + 5!`, `2(3 + 4)`. Powers bind from the right and closer than a sign, as in
 * mathematics. Throws a `SyntaxError` at anything else.
 */
export function parseExpression(text: string): Expression {
  const parser = new Parser(text);
  return parser.read();
}

class Parser {
  readonly #tokens: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    const tokens = text.match(/\d*\.?\d+(?:e[+-]?\d{1,3})?|[a-z][a-z0-9]*|\*\*|[^\s]/giu) ?? [];
    this.#tokens = tokens.map((token) => (token === '**' ? '^' : token));
  }

  read(): Expression {
    const tree = this.#sum();
    if (this.#at < this.#tokens.length)
      throw new SyntaxError(`"${this.#peek()}" has no place here.`);
    return tree;
  }

  #sum(): Expression {
    let left = this.#product();
    for (;;) {
      if (this.#take('+')) left = call('add', left, this.#product());
      else if (this.#take('-')) left = call('subtract', left, this.#product());
      else return left;
    }
  }

  #product(): Expression {
    let left = this.#signed();
    for (;;) {
      if (this.#take('*')) left = call('multiply', left, this.#signed());
      else if (this.#take('/')) left = call('divide', left, this.#signed());
      // "2(3 + 4)" and "2 pi" leave the sign out.
      else if (/^[a-z(]/i.test(this.#peek())) left = call('multiply', left, this.#power());
      else return left;
    }
  }

  #signed(): Expression {
    if (++this.#depth > deepest) throw new SyntaxError('That is nested too deeply.');
    try {
      if (this.#take('-')) return call('negate', this.#signed());
      if (this.#take('+')) return this.#signed();
      return this.#power();
    } finally {
      this.#depth -= 1;
    }
  }

  #power(): Expression {
    const base = this.#postfixed();
    return this.#take('^') ? call('pow', base, this.#signed()) : base;
  }

  #postfixed(): Expression {
    let operand = this.#operand();
    for (;;) {
      if (this.#take('!')) operand = call('factorial', operand);
      else if (this.#take('%')) operand = call('hundredths', operand);
      else return operand;
    }
  }

  #operand(): Expression {
    const token = this.#peek();
    this.#at += 1;
    if (/^[\d.]+(?:e|$)/i.test(token) && token !== '.') return { kind: 'number', text: token };
    if (token === '(') {
      const inner = this.#sum();
      this.#expect(')');
      return { kind: 'group', inner };
    }
    if (!/^[a-z]/i.test(token)) throw new SyntaxError(`"${token}" is no number.`);
    const name = token.toLowerCase();
    if (!this.#take('(')) return { kind: 'name', name };
    const args = [this.#sum()];
    while (this.#take(',')) args.push(this.#sum());
    this.#expect(')');
    return { kind: 'call', name, args };
  }

  #peek(): string {
    return this.#tokens[this.#at] ?? '';
  }

  #take(token: string): boolean {
    if (this.#peek() !== token) return false;
    this.#at += 1;
    return true;
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw new SyntaxError(`A "${token}" is missing.`);
  }
}

function call(name: string, ...args: Expression[]): Expression {
  return { kind: 'call', name, args };
}
