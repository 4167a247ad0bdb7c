import { toCsv } from '../../vad/exports/csv.ts';
import { toJson } from '../../vad/exports/json.ts';
import { toRttm } from '../../vad/exports/rttm.ts';
import { seconds } from '../../vad/exports/found-speech.ts';
import { speechMsOf } from '../../vad/segmenting/segments.ts';
import type { OutputFormat } from './arguments.ts';
import type { FoundInFile } from './find-speech.ts';

/** Text and RTTM go out file by file; JSON and CSV are one document and wait for the last. */
export function isOneDocument(format: OutputFormat): boolean {
  return format === 'json' || format === 'csv';
}

export function written(format: OutputFormat, found: readonly FoundInFile[]): string {
  switch (format) {
    case 'json':
      return toJson(found);
    case 'csv':
      return toCsv(found);
    case 'rttm':
      return toRttm(found);
    case 'text':
      return found.map(asText).join('');
  }
}

function asText({ name, durationMs, segments }: FoundInFile): string {
  const speechMs = speechMsOf(segments);
  const percent = durationMs === 0 ? 0 : (100 * speechMs) / durationMs;
  const head = `${name}: ${seconds(speechMs)} s of speech in ${seconds(durationMs)} s (${percent.toFixed(1)} %)\n`;
  const rows = segments.map(({ startMs, endMs }) => `  ${seconds(startMs)} – ${seconds(endMs)}\n`);
  return head + rows.join('');
}

/** How fast it was, over all files; reading and decoding included. */
export function benchmarkText(found: readonly FoundInFile[], models: string): string {
  const soundS = found.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000;
  const tookS = found.reduce((sum, { tookMs }) => sum + tookMs, 0) / 1000;
  const speed = tookS === 0 ? 0 : soundS / tookS;
  return `${soundS.toFixed(1)} s of sound in ${tookS.toFixed(2)} s: ${speed.toFixed(0)} times as fast as it plays (${models === 'kernel' ? 'WebAssembly' : 'JavaScript'}, one core)\n`;
}
