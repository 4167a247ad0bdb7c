import { createTimedString, type TimedString } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { speakingRateHz } from '../engine/wire/messages.ts';

/** Short enough that an interruption is heard at once, long enough to cost little. */
const frameMs = 50;
const frameSamples = Math.floor((speakingRateHz * frameMs) / 1000);

/** Mono PCM at 22,050 Hz as frames of 50 ms; the last may be shorter. */
export function frames(pcm: Int16Array): AudioFrame[] {
  return Array.from({ length: Math.ceil(pcm.length / frameSamples) }, (_, index) => {
    // A copy: what sends a frame reads its whole buffer, whatever part the frame shows.
    const data = pcm.slice(index * frameSamples, (index + 1) * frameSamples);
    return new AudioFrame(data, speakingRateHz, 1, data.length);
  });
}

/**
 * When each word of a text is heard, in seconds since the segment began, assuming that time goes by the letters. The
 * texts of the words, joined, are the whole text.
 */
export function timedWords(
  text: string,
  startSeconds: number,
  lengthSeconds: number,
): TimedString[] {
  const words = text.match(/\s*\S+\s*/gu) ?? [];
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  let before = 0;
  return words.map((word) => {
    const startTime = startSeconds + (before / letters) * lengthSeconds;
    before += word.length;
    return createTimedString({
      text: word,
      startTime,
      endTime: startSeconds + (before / letters) * lengthSeconds,
    });
  });
}
