import type { FoundSpeech } from './found-speech.ts';

/**
 * A label track of one recording: start and end in seconds and a name, with tabs between them.
 * https://manual.audacityteam.org/man/importing_and_exporting_labels.html
 */
export function toAudacityLabels({ segments }: FoundSpeech): string {
  return segments
    .map(({ startMs, endMs }) => `${places(startMs)}\t${places(endMs)}\tspeech\n`)
    .join('');
}

/** Six places, as Audacity itself writes. */
function places(ms: number): string {
  return (ms / 1000).toFixed(6);
}
