import { strToU8, zipSync } from 'fflate';
import { fileNameAt, toMarkdown, toPlainText, type ExportWords } from '../transcript/export.ts';
import { writeFile } from './file-format.ts';
import { toSrt, toVtt } from './subtitles.ts';
import type { KeptConversation } from './summary.ts';

export const formats = ['text', 'markdown', 'json', 'srt', 'vtt'] as const;
export type Format = (typeof formats)[number];

const endings: Readonly<Record<Format, string>> = {
  text: 'txt',
  markdown: 'md',
  json: 'json',
  srt: 'srt',
  vtt: 'vtt',
};

interface ExportedFile {
  readonly name: string;
  readonly content: string | Blob;
}

/** One conversation as a file, named by when it began. */
export function exportOne(
  conversation: KeptConversation,
  format: Format,
  words: ExportWords,
): ExportedFile {
  return {
    name: `${fileNameAt(conversation.startedAtMs)}.${endings[format]}`,
    content: contentOf(conversation, format, words),
  };
}

/** All of them: as one JSON file that can be imported, or as an archive with a file for each. */
export function exportAll(
  conversations: readonly KeptConversation[],
  format: Format,
  words: ExportWords,
  nowMs: number,
): ExportedFile {
  const name = `${fileNameAt(nowMs)}-history`;
  if (format === 'json') return { name: `${name}.json`, content: writeFile(conversations) };
  const files: Record<string, Uint8Array> = {};
  for (const conversation of conversations) {
    const stem = fileNameAt(conversation.startedAtMs);
    let file = `${stem}.${endings[format]}`;
    // Two that began within one minute.
    for (let n = 2; file in files; n += 1) file = `${stem}-${n}.${endings[format]}`;
    files[file] = strToU8(contentOf(conversation, format, words));
  }
  const zip = new Blob([zipSync(files)], { type: 'application/zip' });
  return { name: `${name}.zip`, content: zip };
}

function contentOf(conversation: KeptConversation, format: Format, words: ExportWords): string {
  const { rows, title, opening } = conversation;
  switch (format) {
    case 'text':
      return toPlainText(rows, words);
    case 'markdown':
      return toMarkdown(rows, { ...words, title: title ?? (opening || words.title) });
    case 'json':
      return writeFile([conversation]);
    case 'srt':
      return toSrt(rows, words);
    case 'vtt':
      return toVtt(rows, words);
  }
}
