import type { Segment } from '../../../vad/segmenting/segments.ts';

/** Where somebody speaks in a recording, as a person has marked it. */
export interface Labels {
  /** What the labels are of: a file's name without its extension. */
  readonly of: string;
  /** In the order of time, none overlapping another. */
  readonly speech: readonly Segment[];
}

/**
 * Reads RTTM (SPEAKER lines, of one recording or several) or an Audacity label track, whose name is that of its recording.
 * Throws an `Error` with the line that cannot be read.
 */
export function readLabels(fileName: string, text: string): readonly Labels[] {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line, number: index + 1 }));
  const isRttm = /\.rttm$/i.test(fileName);
  return isRttm ? readRttm(lines) : [readAudacity(fileName, lines)];
}

/** Whether a file's name says that it holds labels. */
export function isLabelFile(name: string): boolean {
  return /\.(rttm|txt)$/i.test(name);
}

interface Line {
  readonly line: string;
  readonly number: number;
}

function readRttm(lines: readonly Line[]): readonly Labels[] {
  const byFile = new Map<string, Segment[]>();
  for (const { line, number } of lines) {
    const [type, file, , start, length] = line.trim().split(/\s+/);
    if (type !== 'SPEAKER' || file === undefined) continue;
    const segment = segmentOf(Number(start), Number(start) + Number(length), number);
    byFile.set(file, [...(byFile.get(file) ?? []), segment]);
  }
  if (byFile.size === 0) throw new Error('There is no SPEAKER line in it.');
  return [...byFile].map(([of, segments]) => ({ of, speech: merged(segments) }));
}

/** Every labelled stretch counts as speech, whatever it is called; further lines of a label begin with a backslash. */
function readAudacity(fileName: string, lines: readonly Line[]): Labels {
  const segments = lines
    .filter(({ line }) => line.trim() !== '' && !line.startsWith('\\'))
    .map(({ line, number }) => {
      const [start, end] = line.split('\t');
      return segmentOf(Number(start), Number(end), number);
    });
  return { of: fileName.replace(/\.[^.]*$/, ''), speech: merged(segments) };
}

function segmentOf(startS: number, endS: number, line: number): Segment {
  if (!(startS >= 0 && endS >= startS && endS < Infinity)) {
    throw new Error(`Line ${line} has no times that can be read.`);
  }
  return { startMs: startS * 1000, endMs: endS * 1000 };
}

/** People may speak at the same time. */
function merged(segments: readonly Segment[]): readonly Segment[] {
  const sorted = segments.toSorted((a, b) => a.startMs - b.startMs);
  return sorted.reduce<Segment[]>((done, segment) => {
    const last = done.at(-1);
    if (!last || segment.startMs > last.endMs) return [...done, segment];
    return [...done.slice(0, -1), { ...last, endMs: Math.max(last.endMs, segment.endMs) }];
  }, []);
}
