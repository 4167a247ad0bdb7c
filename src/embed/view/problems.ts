import { isStep, problemKinds, type ProblemCode, type ProblemStep } from '#protocol/problems.ts';
import type { Problem } from '../../conversation/state.ts';
import { words } from '../../words/page.ts';
import { button, make } from './make.ts';

export interface ProblemSteps {
  /** Does what this step is about, for this problem. */
  take(step: ProblemStep, code: ProblemCode): void;
  dismiss(code: ProblemCode): void;
}

/** Everything that is wrong now, each with what to do about it. */
export class ProblemNotes {
  readonly element = make('div', { class: 'problems', part: 'problems' });
  readonly #steps: ProblemSteps;
  #shown: readonly Problem[] = [];

  constructor(steps: ProblemSteps) {
    this.#steps = steps;
  }

  show(problems: readonly Problem[]): void {
    const same = problems.length === this.#shown.length;
    if (same && problems.every((problem, place) => problem === this.#shown[place])) return;
    const before = new Map(
      this.#shown.map((problem, place) => [problem, this.element.children[place]]),
    );
    this.#shown = problems;
    // One that stays keeps its element, and its focus with it.
    this.element.replaceChildren(
      ...problems.map((problem) => before.get(problem) ?? this.#note(problem)),
    );
  }

  reword(): void {
    const problems = this.#shown;
    this.#shown = [];
    this.show([...problems]);
  }

  #note({ code, detail }: Problem): HTMLElement {
    const { severity, wayOn } = problemKinds[code];
    const { text, steps, dismiss } = words.problems;
    const { title, advice } = text[code];
    const note = make(
      'div',
      { class: `problem ${severity}`, role: severity === 'error' ? 'alert' : 'status' },
      make('p', { class: 'title' }, title),
      make('p', {}, advice),
    );
    if (detail)
      note.append(make('details', {}, make('summary', {}, words.problems.detail), detail));
    const actions = make('div', { class: 'actions' });
    const step = isStep(wayOn) ? stepHere(wayOn) : undefined;
    if (step) actions.append(button('plain', steps[step], () => this.#steps.take(step, code)));
    const away = button('quiet', '×', () => this.#steps.dismiss(code));
    away.setAttribute('aria-label', dismiss(title));
    actions.append(away);
    note.append(actions);
    return note;
  }
}

/** Here are no devices, tokens or providers to choose: a new try asks for whatever the browser and the server give then. */
function stepHere(step: ProblemStep): ProblemStep | undefined {
  if (step === 'switch_provider') return undefined;
  return step === 'choose_device' || step === 'new_token' ? 'retry' : step;
}
