import { scopeOf, type Answer, type Question } from '../../approval/question.ts';
import { readableJson } from '../../transcript/readable-json.ts';
import { approvalWords as said } from '../../words/approval.ts';
import { button, make } from './make.ts';

/** Asks whether the assistant may run a tool of an outside server. */
export class QuestionBox {
  readonly element = make('div', { class: 'question', part: 'question', role: 'alert' });
  readonly #answer: (callId: string, answer: Answer) => void;
  #shown: Question | undefined;

  constructor(answer: (callId: string, answer: Answer) => void) {
    this.#answer = answer;
    this.element.hidden = true;
  }

  /** Shows the oldest; the others wait behind it. */
  show(waiting: readonly Question[]): void {
    const [question] = waiting;
    if (question === this.#shown) return;
    this.#shown = question;
    // What the assistant may do in a page of its own it does not even ask for here.
    const asked = question?.kind === 'tool' ? question : undefined;
    this.element.hidden = !asked;
    this.element.replaceChildren();
    if (!asked) return;
    const answer = (word: Answer) => () => this.#answer(asked.callId, word);
    const actions = make(
      'div',
      { class: 'actions' },
      button('plain', said.once, answer('once')),
      button('quiet', said.no, answer('no')),
    );
    if (scopeOf(asked) !== undefined) {
      actions.insertBefore(
        button('plain', said.conversation, answer('conversation')),
        actions.lastChild,
      );
    }
    this.element.append(
      make('p', { class: 'title' }, said.title),
      make('p', {}, said.from(asked.server, asked.tool)),
      make('pre', { tabindex: '0' }, readableJson(asked.input) || said.noInput),
      actions,
    );
  }
}
