import { BottomFollower } from '../../transcript/bottom-follower.ts';
import type { NoticeRow, ToolRow, TranscriptRow, UtteranceRow } from '../../transcript/model.ts';
import { embedWords } from '../../words/embed.ts';
import { words } from '../../words/page.ts';
import { told } from '../../words/told.ts';
import { make } from './make.ts';

/** So many of the latest rows are shown; those before would only make the site's page slow. */
const mostRows = 200;

interface ShownRow {
  readonly row: TranscriptRow;
  readonly element: HTMLElement;
}

/** What was said, following its end until the person scrolls back. */
export class TranscriptList {
  readonly element: HTMLElement;
  readonly #rows = make('div', { class: 'rows' });
  readonly #empty = make('p', { class: 'empty' });
  readonly #scroller: HTMLElement;
  readonly #follower = new BottomFollower();
  #shown = new Map<string, ShownRow>();

  constructor() {
    this.#scroller = make('div', { class: 'scroller', tabindex: '0' }, this.#rows);
    this.element = make(
      'div',
      { class: 'transcript', part: 'transcript' },
      this.#empty,
      this.#scroller,
    );
    this.#scroller.setAttribute('role', 'log');
  }

  /** Follows the end of what is said. Returns the release. */
  attach(): () => void {
    return this.#follower.attach(this.#scroller, this.#rows);
  }

  show(rows: readonly TranscriptRow[]): void {
    const latest = rows.slice(-mostRows);
    const shown = new Map<string, ShownRow>();
    let place: ChildNode | null = this.#rows.firstChild;
    for (const row of latest) {
      const before = this.#shown.get(row.id);
      const element = before?.row === row ? before.element : elementOf(row);
      if (before && before.element !== element) {
        if (place === before.element) place = element;
        before.element.replaceWith(element);
      }
      if (place === element) place = element.nextSibling;
      else this.#rows.insertBefore(element, place);
      shown.set(row.id, { row, element });
    }
    for (const [id, { element }] of this.#shown) if (!shown.has(id)) element.remove();
    this.#shown = shown;
    this.#empty.hidden = latest.length > 0;
    this.#scroller.hidden = latest.length === 0;
  }

  /** Says everything in the language of now. */
  reword(rows: readonly TranscriptRow[]): void {
    this.#scroller.setAttribute('aria-label', words.transcript.label);
    this.#empty.textContent = embedWords.empty;
    this.#shown = new Map();
    this.#rows.replaceChildren();
    this.show(rows);
  }
}

function elementOf(row: TranscriptRow): HTMLElement {
  if (row.kind === 'utterance') return utterance(row);
  return row.kind === 'tool' ? tool(row) : notice(row);
}

function utterance({ speaker, via, text, status }: UtteranceRow): HTMLElement {
  const { user, assistant, typed } = words.transcript;
  const name = speaker === 'user' ? user : assistant;
  const interim = status.kind === 'interim';
  const element = make(
    'p',
    {
      class: `said ${speaker}${interim ? ' interim' : ''}`,
      // Unfinished text changes with every word: it is read out once, when it comes anew as a finished one.
      'aria-live': interim && 'off',
    },
    make('span', { class: 'unseen' }, `${name}${via === 'text' ? `, ${typed}` : ''}: `),
    text,
  );
  if (status.kind === 'cut') element.append(...cutOff(status.unheard.trim()));
  return element;
}

function cutOff(unheard: string): HTMLElement[] {
  const { cut, cutSilently } = words.transcript;
  const mark = make('span', { class: 'unseen' }, ` (${unheard ? cut : cutSilently}) `);
  return unheard ? [mark, make('s', {}, unheard)] : [mark];
}

function tool({ title, status }: ToolRow): HTMLElement {
  return make('p', { class: 'notice' }, `${told(title)}: ${words.transcript.tool[status]}`);
}

function notice({ text }: NoticeRow): HTMLElement {
  return make('p', { class: 'notice' }, text);
}
