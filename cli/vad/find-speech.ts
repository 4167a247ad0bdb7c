import { createReadStream } from 'node:fs';
import type { FoundSpeech } from '../../vad/exports/found-speech.ts';
import { RecordingAnalysis } from '../../vad/finding/recording-analysis.ts';
import type { ModelSource } from '../../vad/kernel/open-models.ts';
import { openRecording } from '../../server/vad/decoding/recording.ts';
import type { VadArguments } from './arguments.ts';

export const standardInput = '-';

export interface FoundInFile extends FoundSpeech, HeardFile {}

/** What was found in a file, whatever it is called. */
export interface HeardFile extends Omit<FoundSpeech, 'name'> {
  readonly note: string | undefined;
  /** From the first byte to the last segment, in ms. */
  readonly tookMs: number;
}

/** Finds speech in one file, or in standard input. Throws what reading, decoding and detecting throw. */
export async function findInFile(
  path: string,
  models: ModelSource,
  { rateHz, settings }: Pick<VadArguments, 'rateHz' | 'settings'>,
  onBytes: (count: number) => void,
): Promise<HeardFile> {
  const startedMs = performance.now();
  const input: AsyncIterable<Buffer> =
    path === standardInput ? process.stdin : createReadStream(path, { highWaterMark: 256 * 1024 });
  const stop = new AbortController();
  const model = models.open();
  try {
    const recording = await openRecording(counted(input, onBytes), rateHz, stop.signal);
    const analysis = new RecordingAnalysis(model, recording.source, settings);
    for await (const chunk of recording.bytes) analysis.feed(chunk);
    const { durationMs, segments, note = recording.note() } = analysis.finish();
    return { durationMs, segments, note, tookMs: performance.now() - startedMs };
  } finally {
    model.close();
    stop.abort();
  }
}

async function* counted(
  bytes: AsyncIterable<Buffer>,
  onBytes: (count: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    onBytes(chunk.length);
    yield chunk;
  }
}
