import { speechMsOf, type Segment } from '../segmenting/segments.ts';
import { seconds, type FoundSpeech } from './found-speech.ts';

/** An array with one object for each recording; times in seconds. */
export function toJson(found: readonly FoundSpeech[]): string {
  return `${JSON.stringify(found.map(toPlainObject), undefined, 2)}\n`;
}

/** One recording; times in seconds. */
function toPlainObject({ name, durationMs, segments }: FoundSpeech) {
  return {
    file: name,
    duration: Number(seconds(durationMs)),
    speech: Number(seconds(speechMsOf(segments))),
    segments: inSeconds(segments),
  };
}

export function inSeconds(segments: readonly Segment[]) {
  return segments.map(({ startMs, endMs }) => ({
    start: Number(seconds(startMs)),
    end: Number(seconds(endMs)),
  }));
}
