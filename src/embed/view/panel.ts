import type { Answer } from '../../approval/question.ts';
import type { ConversationState } from '../../conversation/state.ts';
import { presenceOf } from '../../talk/presence/state.ts';
import { embedWords } from '../../words/embed.ts';
import { words } from '../../words/page.ts';
import { button, make, say } from './make.ts';
import { MessageForm } from './message-form.ts';
import { ProblemNotes, type ProblemSteps } from './problems.ts';
import { QuestionBox } from './question.ts';
import { StatusLine } from './status-line.ts';
import { TranscriptList } from './transcript.ts';

/** What a person can press. */
export interface PanelActions extends ProblemSteps {
  start(): void;
  end(): void;
  interrupt(): void;
  mute(muted: boolean): void;
  send(text: string): Promise<boolean>;
  answer(callId: string, answer: Answer): void;
  close(): void;
}

/** The view of one talk. It only shows. */
export class Panel {
  readonly element = make('section', { class: 'panel', part: 'panel' });
  readonly status = new StatusLine();
  readonly #transcript = new TranscriptList();
  readonly #controls = make('div', { class: 'controls', part: 'controls', role: 'group' });
  readonly #problems: ProblemNotes;
  readonly #question: QuestionBox;
  readonly #message: MessageForm;
  readonly #start: HTMLButtonElement;
  readonly #end: HTMLButtonElement;
  readonly #interrupt: HTMLButtonElement;
  readonly #mute: HTMLButtonElement;
  readonly #close: HTMLButtonElement;

  constructor(actions: PanelActions) {
    this.#problems = new ProblemNotes(actions);
    this.#question = new QuestionBox((callId, answer) => actions.answer(callId, answer));
    this.#message = new MessageForm((text) => actions.send(text));
    this.#start = button('primary', '', () => actions.start());
    this.#end = button('plain', '', () => actions.end());
    this.#interrupt = button('plain', '', () => actions.interrupt());
    this.#mute = button('plain', '', () =>
      actions.mute(this.#mute.getAttribute('aria-pressed') !== 'true'),
    );
    this.#close = button('quiet close', '×', () => actions.close());
    this.#controls.append(this.#start, this.#interrupt, this.#mute, this.#end);
    this.element.append(
      make('header', {}, this.status.element, this.#close),
      this.#transcript.element,
      this.#problems.element,
      this.#question.element,
      this.#controls,
      this.#message.element,
    );
  }

  /** Follows the end of what is said. Returns the release. */
  attach(): () => void {
    return this.#transcript.attach();
  }

  show(state: ConversationState, { label, floating }: { label: string; floating: boolean }): void {
    const { call, microphone } = state;
    const presence = presenceOf(state);
    const calling = call.kind !== 'idle' && call.kind !== 'ended';
    this.element.setAttribute('aria-label', label);
    this.status.show(state, label);
    this.#transcript.show(state.rows);
    this.#problems.show(state.problems);
    this.#question.show(state.approvals);
    this.#close.hidden = !floating;
    const hadFocus = isFocused(this.#start) || isFocused(this.#end) || isFocused(this.#interrupt);
    this.#start.hidden = calling;
    say(this.#start, call.kind === 'ended' ? embedWords.again : embedWords.start);
    this.#end.hidden = !calling;
    this.#interrupt.hidden = presence !== 'speaking' && presence !== 'thinking';
    this.#mute.hidden = microphone.kind !== 'live';
    const muted = microphone.kind === 'live' && microphone.muted;
    this.#mute.setAttribute('aria-pressed', String(muted));
    this.#message.element.hidden = call.kind !== 'connected';
    // What has the focus may have gone: the keyboard must not have to begin at the top of the page again.
    if (hadFocus && !isFocused(this.#start) && !isFocused(this.#end)) this.focus();
  }

  /** Says everything in the language of now. */
  reword(state: ConversationState): void {
    this.#transcript.reword(state.rows);
    this.#problems.reword();
    this.#message.reword();
    this.#close.setAttribute('aria-label', embedWords.close);
    this.#controls.setAttribute('aria-label', words.controls.label);
    say(this.#end, embedWords.end);
    say(this.#interrupt, words.controls.interrupt);
    say(this.#mute, words.controls.muteShort);
    this.#mute.setAttribute('aria-label', words.controls.mute);
  }

  /** Puts the focus on what begins or ends a talk. */
  focus(): void {
    (this.#start.hidden ? this.#end : this.#start).focus();
  }
}

function isFocused(element: HTMLElement): boolean {
  const root = element.getRootNode();
  return !element.hidden && root instanceof ShadowRoot && root.activeElement === element;
}
