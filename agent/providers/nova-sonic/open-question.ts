interface Question {
  readonly text: string;
  readonly said: boolean;
  readonly askedAtMs: number;
}

/** A question that has got no answer for so long is not put again to another connection, in ms. */
const staleMs = 30_000;

/** What the model owes an answer to. If the connection is lost before the answer sounds, it is put to the next one. */
export class OpenQuestion {
  #question: Question | undefined;

  get text(): string | undefined {
    return this.#question?.text;
  }

  /** Whether it is the last turn of the user in memory, so that it must not be told as history as well. */
  get said(): boolean {
    return this.#question?.said ?? false;
  }

  ask(text: string, { said }: { said: boolean }): void {
    this.#question = { text, said, askedAtMs: performance.now() };
  }

  /** Something that is needed for the answer. */
  add(note: string): void {
    if (this.#question) this.ask(`${this.#question.text}\n\n${note}`, this.#question);
  }

  /** The answer is still being worked on. */
  touch(): void {
    if (this.#question) this.ask(this.#question.text, this.#question);
  }

  /** Gives up on an answer that did not come. */
  expire(): void {
    if (this.#question && performance.now() - this.#question.askedAtMs > staleMs) this.clear();
  }

  clear(): void {
    this.#question = undefined;
  }
}
