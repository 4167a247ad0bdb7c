import { seconds } from '../../vad/exports/found-speech.ts';
import { inSeconds } from '../../vad/exports/json.ts';
import type { RecordingFindings } from '../../vad/finding/recording-analysis.ts';
import { speechMsOf } from '../../vad/segmenting/segments.ts';

/** What a second of a person's sound counts for where models hear speech themselves, as OpenAI counts it. */
const tokensPerSecond = 10;

/** The answer of `POST /v1/vad/detect`; times in seconds unless the name says otherwise. */
export interface DetectAnswer {
  readonly voice_segments: readonly { readonly start: number; readonly end: number }[];
  readonly original_duration: number;
  readonly voice_duration: number;
  /** Of the duration, in percent. */
  readonly saved_percent: number;
  readonly tokens_saved: number;
  readonly processing_time_ms: number;
  /** What is worth telling of a recording that was read all the same. */
  readonly note?: string;
}

/** Rounded to the ms, or to a tenth where that is enough. */
export function answerOf(
  { durationMs, segments, note }: RecordingFindings,
  processingMs: number,
): DetectAnswer {
  const speechMs = speechMsOf(segments);
  const quietMs = durationMs - speechMs;
  return {
    voice_segments: inSeconds(segments),
    original_duration: Number(seconds(durationMs)),
    voice_duration: Number(seconds(speechMs)),
    saved_percent: durationMs === 0 ? 0 : Math.round((1000 * quietMs) / durationMs) / 10,
    tokens_saved: Math.round((quietMs / 1000) * tokensPerSecond),
    processing_time_ms: Math.round(processingMs * 10) / 10,
    ...(note === undefined ? {} : { note }),
  };
}
