import type { ConversationState } from '../../conversation/state.ts';
import { animate } from '../../design/frames.ts';
import { isUnseen } from '../../levels/level.ts';
import { presenceOf } from '../../talk/presence/state.ts';
import { announcementOf, stateWords } from '../../talk/state-words.ts';
import { make, say } from './make.ts';

/** A state that passes sooner than this, in ms, is not worth a word. */
const settleMs = 600;

/** What the assistant does now: a dot and two lines for the eye, and a word for a screen reader. */
export class StatusLine {
  readonly element: HTMLElement;
  readonly #dot = make('span', { class: 'dot', 'aria-hidden': 'true' });
  readonly #name = make('p', { class: 'title' });
  readonly #hint = make('p', { class: 'hint' });
  readonly #said = make('p', { class: 'unseen', role: 'status' });
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopDrawing: (() => void) | undefined;

  constructor() {
    const text = make('div', { class: 'state', 'aria-hidden': 'true' }, this.#name, this.#hint);
    this.element = make('div', { class: 'status', part: 'status' }, this.#dot, text, this.#said);
  }

  show(state: ConversationState, label: string): void {
    const presence = presenceOf(state);
    const { name, hint } = stateWords(presence, state);
    // Before a talk the name of the whole tells more than that there is none.
    say(this.#name, presence === 'idle' ? label : name);
    say(this.#hint, presence === 'idle' ? '' : hint);
    this.#dot.dataset['state'] = presence;
    const announcement = announcementOf(presence, state);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => say(this.#said, announcement), settleMs);
  }

  /** Shows how loud the microphone is, from 0 to 1, until it is called with undefined. */
  follow(level: (() => number) | undefined): void {
    if ((level === undefined) === (this.#stopDrawing === undefined)) return;
    if (level === undefined) {
      this.#stopDrawing?.();
      this.#stopDrawing = undefined;
      this.#dot.style.removeProperty('--level');
      return;
    }
    this.#stopDrawing = animate({
      draw: () => this.#dot.style.setProperty('--level', level().toFixed(2)),
      isCalm: () => isUnseen(level()),
    });
  }
}
