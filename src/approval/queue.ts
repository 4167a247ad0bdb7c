import { scopeOf, type Answer, type Question } from './question.ts';

interface Waiting {
  readonly question: Question;
  readonly settle: (answer: Answer) => void;
}

/** Questions of the assistant that wait for a yes or no. What nobody answers in time is a no. */
export class ApprovalQueue {
  readonly #changed: (waiting: readonly Question[]) => void;
  #waiting: readonly Waiting[] = [];

  constructor(changed: (waiting: readonly Question[]) => void) {
    this.#changed = changed;
  }

  /** Puts a question to the person. Resolves with the answer, at the latest after `timeoutMs`. */
  ask(question: Question, timeoutMs: number): Promise<Answer> {
    // The same call asked for again replaces the first question, which can no longer be answered.
    this.answer(question.callId, 'no');
    return new Promise((resolve) => {
      const timer = setTimeout(() => waiting.settle('no'), timeoutMs);
      const waiting: Waiting = {
        question,
        settle: (answer) => {
          clearTimeout(timer);
          this.#set(this.#waiting.filter((other) => other !== waiting));
          resolve(answer);
        },
      };
      this.#set([...this.#waiting, waiting]);
    });
  }

  answer(callId: string, answer: Answer): void {
    const asked = this.#waiting.find(({ question }) => question.callId === callId);
    asked?.settle(answer);
    if (asked && answer === 'conversation') this.#allowAlike(asked.question);
  }

  /** Whoever asked is gone. */
  clear(): void {
    for (const { settle } of this.#waiting) settle('no');
  }

  /** Calls of the same tool that were asked for meanwhile are covered by the same word. */
  #allowAlike(allowed: Question): void {
    const scope = scopeOf(allowed);
    if (scope === undefined) return;
    for (const { question, settle } of this.#waiting) {
      if (scopeOf(question) === scope) settle('conversation');
    }
  }

  #set(waiting: readonly Waiting[]): void {
    this.#waiting = waiting;
    this.#changed(waiting.map(({ question }) => question));
  }
}
