import type { ToolRow, TranscriptRow, UtteranceRow } from './model.ts';

/** How a transcript names those who speak, and what it calls a cut. */
export interface ExportWords {
  readonly title: string;
  readonly user: string;
  readonly assistant: string;
  readonly notHeard: string;
  readonly status: Readonly<Record<ToolRow['status'], string>>;
}

/** The transcript for people: one paragraph a row, what was not heard struck through. Times are local, to the second. */
export function toMarkdown(rows: readonly TranscriptRow[], words: ExportWords): string {
  const lines = rows.map((row) => {
    const time = timeOf(row);
    if (row.kind === 'notice') return `_${time} — ${escapeMarkdown(row.text)}_`;
    if (row.kind === 'tool') {
      const output = row.output === undefined ? '' : ` → ${codeSpan(row.output)}`;
      return `> **${escapeMarkdown(row.title)}** (${words.status[row.status]}) ${codeSpan(row.input)}${output}`;
    }
    const unheard = unheardOf(row);
    const struck = unheard && ` ~~${escapeMarkdown(unheard)}~~ (${words.notHeard})`;
    return `**${speakerOf(row, words)}** ${time}\n\n${escapeMarkdown(row.text)}${struck}`;
  });
  return `${[`# ${words.title}`, ...lines].join('\n\n')}\n`;
}

/** The transcript as plain text: one line a row. Times are local, to the second. */
export function toPlainText(rows: readonly TranscriptRow[], words: ExportWords): string {
  const lines = rows.map((row) => {
    const time = `[${timeOf(row)}]`;
    if (row.kind === 'notice') return `${time} ${row.text}`;
    if (row.kind === 'tool') {
      const output = row.output === undefined ? '' : ` -> ${row.output}`;
      return `${time} ${row.title} (${words.status[row.status]}) ${row.input}${output}`;
    }
    const unheard = unheardOf(row);
    return `${time} ${speakerOf(row, words)}: ${row.text}${unheard && ` [${words.notHeard}: ${unheard}]`}`;
  });
  return `${lines.join('\n')}\n`;
}

/** A file name that sorts by time and is allowed everywhere; without its ending. */
export function fileNameAt(atMs: number): string {
  return `parley-${localIso(atMs).slice(0, 16).replace('T', '-').replace(':', '')}`;
}

function speakerOf(row: UtteranceRow, words: ExportWords): string {
  return row.speaker === 'user' ? words.user : words.assistant;
}

function unheardOf(row: UtteranceRow): string {
  return row.status.kind === 'cut' ? row.status.unheard.trim() : '';
}

function timeOf(row: TranscriptRow): string {
  return localIso(row.startedAtMs).slice(11, 19);
}

/** Local time in the order of ISO 8601, without its zone. */
function localIso(atMs: number): string {
  return new Date(atMs - new Date(atMs).getTimezoneOffset() * 60_000).toISOString();
}

/** Model text is text: nothing in it may become a heading, a link or markup. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_~[\]<>#|]/g, String.raw`\$&`);
}

/** Code is taken literally between more backticks than it holds itself. */
function codeSpan(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const oneLine = text.replace(/\s+/g, ' ');
  return longest > 0 ? `${fence} ${oneLine} ${fence}` : `${fence}${oneLine}${fence}`;
}
