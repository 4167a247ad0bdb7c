import list from 'virtual:labelled-recordings';
import { analysisOf, type Recording } from '../batch/recording.ts';
import { baseName } from '../export/base-name.ts';
import type { Segment } from '../../../vad/segmenting/segments.ts';
import type { Labels } from './labels.ts';

export const conditions = ['clean', 'noisy', 'several', 'music', 'whisper', 'own'] as const;
/** How it was while somebody spoke; `own` is what a person has dropped and given no name of a condition. */
export type Condition = (typeof conditions)[number];

/** A recording in which is known where somebody speaks. */
export interface LabelledRecording {
  readonly key: string;
  readonly isOwn: boolean;
  readonly condition: Condition;
  readonly name: string;
  readonly speech: readonly Segment[];
  /** Rejects if it cannot be had. */
  readonly file: () => Promise<Blob>;
}

/** Those that come with the page; fetched when they are asked for. */
export const suppliedRecordings: readonly LabelledRecording[] = list.map(
  ({ condition, name, url, speech }) => ({
    key: url,
    isOwn: false,
    condition,
    name,
    speech,
    file: async () => {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`${name} answers with ${response.status}.`);
      return response.blob();
    },
  }),
);

/**
 * A person's own that could be read and have labels: those of the same name, where RTTM has no spaces. A name that begins
 * with that of a condition ("noisy street.wav") counts there.
 */
export function ownRecordings(
  recordings: readonly Recording[],
  labels: readonly Labels[],
): readonly LabelledRecording[] {
  return recordings.flatMap((recording) => {
    const name = plain(baseName(recording.file.name));
    const found = labels.findLast(({ of }) => plain(of) === name);
    if (!found || !analysisOf(recording)) return [];
    const condition = conditions.find((one) => name.startsWith(one)) ?? 'own';
    const { file, id } = recording;
    const { speech } = found;
    return [
      {
        key: `own ${id}`,
        isOwn: true,
        condition,
        name: file.name,
        speech,
        file: () => Promise.resolve(file),
      },
    ];
  });
}

function plain(name: string): string {
  return name.replace(/\s+/g, '_').toLowerCase();
}
