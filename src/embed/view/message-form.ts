import { maxMessageLength } from '#protocol/topics.ts';
import { words } from '../../words/page.ts';
import { make } from './make.ts';

/** Where a person writes instead of speaking. What could not be sent stays. */
export class MessageForm {
  readonly element: HTMLFormElement;
  readonly #box = make('textarea', { rows: '1', maxlength: String(maxMessageLength) });
  readonly #button = make('button', { type: 'submit', class: 'plain' });
  readonly #send: (text: string) => Promise<boolean>;

  constructor(send: (text: string) => Promise<boolean>) {
    this.#send = send;
    this.element = make('form', { class: 'message', part: 'message' }, this.#box, this.#button);
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#submit();
    });
    this.#box.addEventListener('keydown', (event) => {
      // While a word is being composed, Enter belongs to the keyboard of that language.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      void this.#submit();
    });
  }

  reword(): void {
    this.#box.setAttribute('aria-label', words.message.label);
    this.#box.placeholder = words.message.placeholder;
    this.#button.textContent = words.message.send;
  }

  async #submit(): Promise<void> {
    const text = this.#box.value;
    if (text.trim() === '') return;
    const sent = await this.#send(text);
    if (sent && this.#box.value === text) this.#box.value = '';
  }
}
