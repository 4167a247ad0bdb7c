import { createContext, use } from 'react';
import { useStore, type StoreApi } from 'zustand';
import type { ConversationControls, ConversationState } from '../conversation/state.ts';

/** What the views need of a conversation: its state to look at and its controls to press. */
export interface ConversationModel extends ConversationControls {
  readonly store: StoreApi<ConversationState>;
}

const ConversationContext = createContext<ConversationModel | undefined>(undefined);

export const ConversationProvider = ConversationContext;

/** The controls of the page's one conversation; the same object for the life of the page. */
export function useControls(): ConversationModel {
  const conversation = use(ConversationContext);
  if (!conversation) throw new Error('A view of the conversation stands outside its provider.');
  return conversation;
}

/** Part of the conversation's state; renders again only when that part changes. */
export function useConversation<T>(select: (state: ConversationState) => T): T {
  return useStore(useControls().store, select);
}
