import type { ExportWords } from '../transcript/export.ts';
import { words } from '../words/page.ts';

/** How exported conversations name those who speak. */
export const exportWords: ExportWords = {
  title: words.ended.exportTitle,
  user: words.transcript.user,
  assistant: words.transcript.assistant,
  notHeard: words.ended.notHeard,
};
