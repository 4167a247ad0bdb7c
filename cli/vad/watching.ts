import { watch } from 'chokidar';
import { isRecordingName } from './paths.ts';

/** A recording counts as whole when it has not grown for so long, in ms. */
const settledMs = 1000;
const lookEveryMs = 200;

export interface Watching {
  readonly paths: readonly string[];
  /** Those that have been heard before. */
  readonly known: ReadonlySet<string>;
  readonly onRecording: (path: string) => void;
  readonly onProblem: (error: unknown) => void;
}

/**
 * Calls `onRecording` for each recording that is new or has changed in the folders, or under the very paths, once it is
 * whole; one that has been given another name is new. Resolves, once it watches, to what ends the watching.
 */
export async function watchRecordings({
  paths,
  known,
  onRecording,
  onProblem,
}: Watching): Promise<() => Promise<void>> {
  const named = new Set(paths);
  const watcher = watch([...paths], {
    awaitWriteFinish: { stabilityThreshold: settledMs, pollInterval: lookEveryMs },
    ignored: (path, stats) =>
      (stats?.isFile() ?? false) && !named.has(path) && !isRecordingName(path),
  });
  watcher.on('add', (path) => {
    if (!known.has(path)) onRecording(path);
  });
  watcher.on('change', onRecording);
  watcher.on('error', onProblem);
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  return () => watcher.close();
}
