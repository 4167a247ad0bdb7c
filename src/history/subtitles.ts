import type { TranscriptRow, UtteranceRow } from '../transcript/model.ts';

interface Cue {
  readonly fromMs: number;
  readonly toMs: number;
  readonly row: UtteranceRow;
}

export interface SpeakerNames {
  readonly user: string;
  readonly assistant: string;
}

/** Speech takes about this long for each character, in ms; how long an utterance lasted is not kept. */
const perCharacterMs = 65;
const shortestMs = 1000;

/** SubRip: what was said and heard, timed from the beginning of the conversation. Tools and notices are left out. */
export function toSrt(rows: readonly TranscriptRow[], names: SpeakerNames): string {
  const cues = cuesOf(rows).map(({ fromMs, toMs, row }, index) => {
    // A text that holds an arrow would be taken for the times of the next cue.
    const text = oneLine(row.text).replaceAll('-->', '→');
    return `${index + 1}\n${stamp(fromMs, ',')} --> ${stamp(toMs, ',')}\n${names[row.speaker]}: ${text}\n`;
  });
  return cues.join('\n');
}

/** WebVTT with a voice for each side. https://www.w3.org/TR/webvtt1/ */
export function toVtt(rows: readonly TranscriptRow[], names: SpeakerNames): string {
  const cues = cuesOf(rows).map(({ fromMs, toMs, row }) => {
    const text = oneLine(row.text)
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;');
    return `${stamp(fromMs, '.')} --> ${stamp(toMs, '.')}\n<v ${names[row.speaker]}>${text}\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}

/** A cue lasts as long as its words take, and no longer than until the next one begins. */
function cuesOf(rows: readonly TranscriptRow[]): Cue[] {
  const spoken = rows.filter(
    (row): row is UtteranceRow => row.kind === 'utterance' && row.text.trim() !== '',
  );
  const beginMs = spoken[0]?.startedAtMs ?? 0;
  return spoken.map((row, index) => {
    const fromMs = row.startedAtMs - beginMs;
    const needsMs = Math.max(shortestMs, row.text.length * perCharacterMs);
    const nextMs = (spoken[index + 1]?.startedAtMs ?? Infinity) - beginMs;
    return { fromMs, toMs: Math.max(fromMs + 1, Math.min(fromMs + needsMs, nextMs)), row };
  });
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

function stamp(ms: number, beforeMs: ',' | '.'): string {
  const parts = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60];
  const clock = parts.map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
  return `${clock}${beforeMs}${String(Math.floor(ms % 1000)).padStart(3, '0')}`;
}
