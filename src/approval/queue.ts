import type { ApprovalRequest, ApprovalResponse } from '#protocol/approval.ts';

type Answer = ApprovalResponse['answer'];

interface Waiting {
  readonly request: ApprovalRequest;
  readonly settle: (answer: Answer) => void;
}

/** Questions of the assistant that wait for a yes or no. What nobody answers in time is a no. */
export class ApprovalQueue {
  readonly #changed: (waiting: readonly ApprovalRequest[]) => void;
  #waiting: readonly Waiting[] = [];

  constructor(changed: (waiting: readonly ApprovalRequest[]) => void) {
    this.#changed = changed;
  }

  /** Puts a question to the person. Resolves with the answer, at the latest after `timeoutMs`. */
  ask(request: ApprovalRequest, timeoutMs: number): Promise<Answer> {
    // The same call asked for again replaces the first question, which can no longer be answered.
    this.answer(request.callId, 'no');
    return new Promise((resolve) => {
      const timer = setTimeout(() => waiting.settle('no'), timeoutMs);
      const waiting: Waiting = {
        request,
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
    const asked = this.#waiting.find(({ request }) => request.callId === callId);
    asked?.settle(answer);
    if (asked && answer === 'conversation') this.#allowAlike(asked.request);
  }

  /** Whoever asked is gone. */
  clear(): void {
    for (const { settle } of this.#waiting) settle('no');
  }

  /** Calls of the same tool that were asked for meanwhile are covered by the same word. */
  #allowAlike({ server, tool }: ApprovalRequest): void {
    for (const { request, settle } of this.#waiting) {
      if (request.server === server && request.tool === tool) settle('conversation');
    }
  }

  #set(waiting: readonly Waiting[]): void {
    this.#waiting = waiting;
    this.#changed(waiting.map(({ request }) => request));
  }
}
