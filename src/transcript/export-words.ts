import { words } from '../words/page.ts';
import type { ExportWords } from './export.ts';

/** How exported conversations name those who speak, in the language of the page. */
export function exportWords(): ExportWords {
  const { ended, transcript } = words;
  return {
    title: ended.exportTitle,
    user: transcript.user,
    assistant: transcript.assistant,
    notHeard: ended.notHeard,
    status: transcript.tool,
  };
}
