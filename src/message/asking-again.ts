import type { StoreApi } from 'zustand/vanilla';
import type { Assistant, ConversationState } from '../conversation/state.ts';
import { modeOf } from '../settings/state.ts';
import type { TranscriptRow, UtteranceRow } from '../transcript/model.ts';
import { unansweredIn } from './unanswered.ts';

const takesMessages: readonly Assistant['kind'][] = [
  'listening',
  'thinking',
  'speaking',
  'interrupted',
];
const isGone: readonly Assistant['kind'][] = ['none', 'awaited', 'absent'];

interface AskingAgainOptions {
  readonly store: StoreApi<ConversationState>;
  readonly rows: () => readonly TranscriptRow[];
  /** Puts the question to the assistant that is there. */
  readonly ask: (text: string) => Promise<void>;
}

/** Nobody has to say again what went down with an assistant that was lost: the next one is asked in the person's place. */
export class AskingAgain {
  readonly #options: AskingAgainOptions;
  #question: UtteranceRow | undefined;

  constructor(options: AskingAgainOptions) {
    this.#options = options;
  }

  /** The assistant has left. */
  lost(): void {
    this.#question = unansweredIn(this.#options.rows(), Date.now());
  }

  /** Another one has come; `recalled` settles when it knows what was said before. */
  async replaced(recalled: Promise<void>): Promise<void> {
    const { store, rows, ask } = this.#options;
    const question = this.#question;
    this.#question = undefined;
    if (!question || modeOf(store.getState().settings) === 'captions') return;
    await recalled;
    if (!(await untilItListens(store))) return;
    const said = rows().findLast(({ kind }) => kind === 'utterance');
    if (said?.id === question.id) await ask(question.text);
  }
}

/** Resolves to false if the assistant has left before. */
function untilItListens(store: StoreApi<ConversationState>): Promise<boolean> {
  return new Promise((resolve) => {
    const look = ({ assistant }: ConversationState): void => {
      const listens = takesMessages.includes(assistant.kind);
      if (!listens && !isGone.includes(assistant.kind)) return;
      unsubscribe();
      resolve(listens);
    };
    const unsubscribe = store.subscribe(look);
    look(store.getState());
  });
}
