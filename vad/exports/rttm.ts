import { seconds, type FoundSpeech } from './found-speech.ts';

/**
 * Rich Transcription Time Marked: one SPEAKER line for each segment, with its start and length in seconds. Fields are
 * parted by spaces, so those of a name become underscores.
 * https://web.archive.org/web/20170119114252/http://www.itl.nist.gov/iad/mig/tests/rt/2009/docs/rt09-meeting-eval-plan-v2.pdf
 */
export function toRttm(found: readonly FoundSpeech[]): string {
  return found
    .flatMap(({ name, segments }) => {
      const file = name.replace(/\.[^.]*$/, '').replace(/\s+/g, '_') || 'recording';
      return segments.map(
        ({ startMs, endMs }) =>
          `SPEAKER ${file} 1 ${seconds(startMs)} ${seconds(endMs - startMs)} <NA> <NA> speech <NA> <NA>\n`,
      );
    })
    .join('');
}
