import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { Lab, LabState } from './lab.ts';

const LabContext = createContext<Lab | undefined>(undefined);

export const LabProvider = LabContext;

/** The page's one Lab; the same object for the life of the page. */
export function useLab(): Lab {
  const lab = use(LabContext);
  if (!lab) throw new Error('A view of the Lab stands outside its provider.');
  return lab;
}

/** Part of the Lab's state; renders again only when that part changes. */
export function useLabState<T>(select: (state: LabState) => T): T {
  return useStore(useLab().store, select);
}
