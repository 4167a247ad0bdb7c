/** The texts of the assistant in the page of another site, beside those that it shares with Parley's own page. */
export const embedWords = {
  label: 'Voice assistant',
  open: (label: string) => `Open: ${label}`,
  close: 'Close',
  start: 'Start talking',
  again: 'Talk again',
  end: 'End the talk',
  empty: 'Press “Start talking”, then say what you want. Speak at any moment to cut in.',
  notLoaded: 'A part of the assistant could not be fetched.',
} as const;
