import { seconds, type FoundSpeech } from './found-speech.ts';

/** One line for each segment after a line of headings; times in seconds (RFC 4180). */
export function toCsv(found: readonly FoundSpeech[]): string {
  const rows = found.flatMap(({ name, segments }) =>
    segments.map(({ startMs, endMs }) =>
      [quoted(name), seconds(startMs), seconds(endMs), seconds(endMs - startMs)].join(','),
    ),
  );
  return ['file,start,end,duration', ...rows, ''].join('\r\n');
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
