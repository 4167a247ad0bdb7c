import type { RecordingSource } from '../../../vad/finding/recording-analysis.ts';
import { readableNames } from './formats.ts';
import { DecodingProblem } from './problem.ts';
import { kindOf, sniffedBytes } from './sniff.ts';
import { transcode } from './transcode.ts';

export interface OpenedRecording {
  readonly source: RecordingSource;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Known when the bytes have been read: what is worth telling of how they were decoded. */
  readonly note: () => string | undefined;
}

const nothingToTell = (): undefined => undefined;

/**
 * Looks at the first bytes of a recording and has it decoded if it is compressed. `rateHz` is that of samples without a
 * header; without it they are refused. Throws a `DecodingProblem`, now or while the bytes are read.
 */
export async function openRecording(
  bytes: AsyncIterable<Uint8Array>,
  rateHz: number | undefined,
  signal: AbortSignal,
): Promise<OpenedRecording> {
  const { head, all } = await peek(bytes);
  const kind = kindOf(head);
  if (head.length === 0) throw new DecodingProblem('damaged', 'The recording is empty.');
  if (kind === 'text') {
    throw new DecodingProblem('format', 'This is text, not a recording.');
  }
  if (kind === 'wav') return { source: { kind }, bytes: all, note: nothingToTell };
  if (kind !== 'unknown') return { source: { kind: 'wav' }, ...transcode(kind, all, signal) };
  if (rateHz !== undefined) {
    return { source: { kind: 'pcm', rateHz }, bytes: all, note: nothingToTell };
  }
  throw new DecodingProblem('format', `This is no recording that is known here: ${readableNames}.`);
}

/** The first bytes, and all of them once more. */
async function peek(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ head: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const iterator = bytes[Symbol.asyncIterator]();
  const parts: Uint8Array[] = [];
  let length = 0;
  while (length < sniffedBytes) {
    const next: IteratorResult<Uint8Array, unknown> = await iterator.next();
    if (next.done) break;
    parts.push(next.value);
    length += next.value.length;
  }
  const head = Buffer.concat(parts);
  async function* again(): AsyncGenerator<Uint8Array> {
    try {
      if (head.length > 0) yield head;
      for (;;) {
        const next: IteratorResult<Uint8Array, unknown> = await iterator.next();
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  return { head: head.subarray(0, sniffedBytes), all: again() };
}
