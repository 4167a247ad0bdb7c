import type { Format } from '../../history/exporting.ts';
import type { Retention } from '../../history/retention.ts';

const formats: Readonly<Record<Format, string>> = {
  text: 'Plain text',
  markdown: 'Markdown',
  json: 'JSON, can be imported',
  srt: 'Subtitles (SRT)',
  vtt: 'Subtitles (WebVTT)',
};

const retentions: Readonly<Record<Retention, string>> = {
  forever: 'Until I delete them',
  '90': 'For 90 days',
  '30': 'For 30 days',
  '7': 'For 7 days',
  none: 'Do not keep them',
};

const conversations = (n: number): string => (n === 1 ? '1 conversation' : `${n} conversations`);

/** The texts of the history, which come with it and not before. */
export const historyWords = {
  title: 'History',
  note: 'Kept in this browser only; nothing of it leaves this machine.',
  list: 'Conversations',
  today: 'Today',
  yesterday: 'Yesterday',
  untitled: 'Nothing said by you',
  openNow: 'Open now',
  said: (n: number) => (n === 1 ? '1 line' : `${n} lines`),
  reading: 'Reading',
  empty: {
    title: 'No conversations yet',
    note: 'What you talk about will be found here.',
    notKept: 'You have chosen not to keep conversations.',
  },
  unreadable: 'This browser does not let the page keep anything.',
  search: {
    label: 'Search all conversations',
    placeholder: 'Search',
    clear: 'Clear the search',
    searching: 'Searching',
    found: (n: number) => (n === 0 ? 'Nothing found.' : `Found in ${conversations(n)}.`),
    more: (n: number) => (n === 1 ? 'and 1 more line' : `and ${n} more lines`),
  },
  one: {
    choose: 'Choose a conversation to read it.',
    gone: 'This conversation is no longer there.',
    rows: 'What was said',
    back: 'All conversations',
    resume: 'Resume',
    resumeHint: 'The assistant is told the end of this conversation and goes on from there.',
    inCall: 'Leave the conversation you are in to resume this one.',
    here: 'This is the conversation you are in.',
    elsewhere: 'It is open in another tab.',
    notResumed: 'It cannot be resumed: it is gone, or open in another tab.',
    rename: 'Rename',
    name: 'Name',
    nameHint: 'Leave it empty to go back to the first thing that you said.',
    save: 'Save',
    cancel: 'Cancel',
    export: 'Export',
    turns: 'Turns',
    remove: 'Delete',
  },
  all: {
    more: 'More',
    import: 'Import from a file',
    remove: 'Delete all …',
    exportAll: (format: string) => `Export all: ${format}`,
    removeTitle: 'Delete all conversations?',
    removeNote: (n: number) =>
      `${conversations(n)} will be deleted from this browser. This cannot be undone. What is open in a tab stays.`,
    removeYes: 'Delete all',
  },
  keep: 'Keep conversations',
  keepNote: 'Older ones are deleted when this page is opened.',
  space: (used: string, quota: string) => `About ${used} used of ${quota} that the browser allows.`,
  removed: (title: string) => `Deleted “${title}”.`,
  undo: 'Undo',
  restored: 'It is back.',
  removedAll: 'All conversations are deleted.',
  imported: (added: number, known: number) =>
    known === 0
      ? `${conversations(added)} imported.`
      : `${conversations(added)} imported; ${known} ${known === 1 ? 'was' : 'were'} here already.`,
  importFailed: {
    foreign: 'This is not a file of conversations from Parley. Nothing has changed.',
    newer: 'This file comes from a newer version of Parley. Nothing has changed.',
    broken: (where: string) =>
      `The file is damaged${where ? ` (${where})` : ''}. Nothing has changed.`,
    large: 'The file is too large. Nothing has changed.',
  },
  failed: (reason: string) => `That did not work: ${reason}`,
  full: 'The browser has no room left. Delete something, or free space on the disk.',
  dismiss: 'Dismiss',
  formats,
  retentions,
} as const;
