import { expect, it } from 'vitest';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { initialState } from '../conversation/initial.ts';
import type { ConversationState } from '../conversation/state.ts';
import type { UtteranceRow } from '../transcript/model.ts';
import { AskingAgain } from './asking-again.ts';

function question(text: string): UtteranceRow {
  return {
    kind: 'utterance',
    id: text,
    speaker: 'user',
    via: 'text',
    text,
    status: { kind: 'final' },
    startedAtMs: Date.now(),
  };
}

function talk(): {
  store: StoreApi<ConversationState>;
  rows: UtteranceRow[];
  asked: string[];
  askingAgain: AskingAgain;
} {
  const store = createStore<ConversationState>(() => initialState);
  const rows = [question('What is two plus two?')];
  const asked: string[] = [];
  const askingAgain = new AskingAgain({
    store,
    rows: () => rows,
    ask: (text) => Promise.resolve(void asked.push(text)),
  });
  return { store, rows, asked, askingAgain };
}

it('asks the next assistant once it knows what was said before and listens', async () => {
  const { store, asked, askingAgain } = talk();
  askingAgain.lost();
  store.setState({ assistant: { kind: 'initializing' } });
  let recalled = (): void => undefined;
  const replaced = askingAgain.replaced(new Promise((resolve) => (recalled = resolve)));
  store.setState({ assistant: { kind: 'listening' } });
  expect(asked).toEqual([]);
  recalled();
  await replaced;
  expect(asked).toEqual(['What is two plus two?']);
  await askingAgain.replaced(Promise.resolve());
  expect(asked).toHaveLength(1);
});

it('asks nothing that the person has put in other words meanwhile', async () => {
  const { store, rows, asked, askingAgain } = talk();
  askingAgain.lost();
  store.setState({ assistant: { kind: 'initializing' } });
  const replaced = askingAgain.replaced(Promise.resolve());
  rows.push(question('What is two and two?'));
  store.setState({ assistant: { kind: 'listening' } });
  await replaced;
  expect(asked).toEqual([]);
});

it('asks nobody where the next assistant goes before it listens', async () => {
  const { store, asked, askingAgain } = talk();
  askingAgain.lost();
  store.setState({ assistant: { kind: 'initializing' } });
  const replaced = askingAgain.replaced(Promise.resolve());
  store.setState({ assistant: { kind: 'awaited' } });
  await replaced;
  expect(asked).toEqual([]);
});

it('asks nothing where only captions are made', async () => {
  const { store, asked, askingAgain } = talk();
  store.setState({
    assistant: { kind: 'listening' },
    settings: { ...initialState.settings, chosen: { mode: 'captions' } },
  });
  askingAgain.lost();
  await askingAgain.replaced(Promise.resolve());
  expect(asked).toEqual([]);
});
