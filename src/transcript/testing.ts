import type { ExportWords } from './export.ts';

/** Words of exported conversations for tests. */
export const words: ExportWords = {
  title: 'Conversation',
  user: 'You',
  assistant: 'Assistant',
  notHeard: 'not heard',
  status: { running: 'running', done: 'done', failed: 'failed', cancelled: 'cancelled' },
};
