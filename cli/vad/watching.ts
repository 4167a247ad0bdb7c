import { watch } from 'node:fs';
import { join } from 'node:path';
import { isFolder, isRecordingName, sizeOf } from './paths.ts';

/** A recording counts as whole when it has not grown for so long, in ms. */
const settledMs = 1000;

/**
 * Calls `onRecording` for each recording that is new or has changed in the folders, or in the files themselves, once it is
 * whole. Returns what ends the watching.
 */
export function watchRecordings(
  paths: readonly string[],
  onRecording: (path: string) => void,
): () => void {
  const waiting = new Map<string, NodeJS.Timeout>();
  const settle = (path: string, size: number): void => {
    clearTimeout(waiting.get(path));
    const timer = setTimeout(() => {
      const now = sizeOf(path);
      waiting.delete(path);
      if (now === size && now > 0) onRecording(path);
      else if (now > 0) settle(path, now);
    }, settledMs);
    waiting.set(path, timer);
  };
  const watchers = paths.map((path) => {
    const folder = isFolder(path);
    return watch(path, { recursive: folder }, (_event, name) => {
      if (!folder) settle(path, sizeOf(path));
      else if (name !== null && isRecordingName(name)) {
        settle(join(path, name), sizeOf(join(path, name)));
      }
    });
  });
  return () => {
    watchers.forEach((watcher) => watcher.close());
    waiting.forEach((timer) => clearTimeout(timer));
  };
}
