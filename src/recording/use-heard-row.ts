import { useCallback, useSyncExternalStore } from 'react';
import type { TranscriptRow } from '../transcript/model.ts';
import type { Replay } from './replay.ts';
import { rowHeardAt } from './row-heard.ts';

const nothing = (): (() => void) => () => undefined;

/** The place of the row that is heard now, -1 while none is; renders again only when that changes. */
export function useHeardRow(replay: Replay | undefined, rows: readonly TranscriptRow[]): number {
  const look = useCallback((): number => {
    const momentMs = replay?.store.getState().momentMs;
    return momentMs === undefined ? -1 : rowHeardAt(rows, momentMs);
  }, [replay, rows]);
  return useSyncExternalStore(replay ? replay.store.subscribe : nothing, look);
}
