import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { History, HistoryState } from './history.ts';

const HistoryContext = createContext<History | undefined>(undefined);

export const HistoryProvider = HistoryContext;

/** The history that the views go through; the same object for as long as the window is open. */
export function useHistory(): History {
  const history = use(HistoryContext);
  if (!history) throw new Error('A view of the history stands outside its provider.');
  return history;
}

/** Part of its state; renders again only when that part changes. */
export function useHistoryState<T>(select: (state: HistoryState) => T): T {
  return useStore(useHistory().store, select);
}
