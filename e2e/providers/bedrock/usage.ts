interface Tokens {
  speechTokens: number;
  textTokens: number;
}

/** The service publishes no rule; these are about what its logs show for English. */
const speechTokensPerSecond = 25;
const charactersPerToken = 4;

/** Counts tokens as the service does: all that this connection has used, and what came since it last told. */
export class Usage {
  readonly #total = { input: none(), output: none() };
  #told = { input: none(), output: none() };

  speech(side: 'input' | 'output', lengthMs: number): void {
    this.#total[side].speechTokens += (lengthMs / 1000) * speechTokensPerSecond;
  }

  text(side: 'input' | 'output', text: string): void {
    this.#total[side].textTokens += Math.ceil(text.length / charactersPerToken);
  }

  /** The body of a `usageEvent`, without its ids. */
  report() {
    const total = { input: whole(this.#total.input), output: whole(this.#total.output) };
    const delta = {
      input: difference(total.input, this.#told.input),
      output: difference(total.output, this.#told.output),
    };
    this.#told = total;
    const totalInputTokens = total.input.speechTokens + total.input.textTokens;
    const totalOutputTokens = total.output.speechTokens + total.output.textTokens;
    return {
      details: { delta, total },
      totalInputTokens,
      totalOutputTokens,
      totalTokens: totalInputTokens + totalOutputTokens,
    };
  }
}

function none(): Tokens {
  return { speechTokens: 0, textTokens: 0 };
}

function whole({ speechTokens, textTokens }: Tokens): Tokens {
  return { speechTokens: Math.round(speechTokens), textTokens };
}

function difference(now: Tokens, before: Tokens): Tokens {
  return {
    speechTokens: now.speechTokens - before.speechTokens,
    textTokens: now.textTokens - before.textTokens,
  };
}
