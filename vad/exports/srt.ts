import type { FoundSpeech } from './found-speech.ts';

/** Subtitles that show where speech is; one recording only, since they have one clock. */
export function toSrt({ segments }: FoundSpeech): string {
  return segments
    .map(({ startMs, endMs }, i) => `${i + 1}\n${clock(startMs)} --> ${clock(endMs)}\n[speech]\n\n`)
    .join('');
}

function clock(ms: number): string {
  const whole = Math.round(ms);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const thousandths = String(whole % 1000).padStart(3, '0');
  const s = whole / 1000;
  return `${two(s / 3600)}:${two((s / 60) % 60)}:${two(s % 60)},${thousandths}`;
}
