import type { Settings } from '#protocol/settings.ts';

type Mode = NonNullable<Settings['mode']>;

const modes: Readonly<Record<Mode, { name: string; what: string }>> = {
  conversation: {
    name: 'Conversation',
    what: 'Just talk; the assistant notices when you are done.',
  },
  'push-to-talk': {
    name: 'Push to talk',
    what: 'Hold the space bar or the button while you speak.',
  },
  captions: { name: 'Captions', what: 'The assistant only writes down what it hears.' },
};

/** The texts of the settings, which come with the dialog and not before. */
export const settingsWords = {
  title: 'Settings',
  inCall: 'Changes take effect at once and are kept in this browser.',
  noCall: 'Kept in this browser; in effect from the next conversation.',
  loading: 'Asking the assistant what can be set',
  waiting: 'Waiting for the assistant; what is set now is told to it as soon as it comes.',
  unknown: 'Which providers there are is known after the first conversation.',
  unknownOffer: (name: string) =>
    `What can be set for ${name} is known after a conversation in which it answers.`,
  offerFailed: 'The assistant did not say what can be set.',
  tryAgain: 'Try again',
  page: {
    title: 'This page',
    language: 'Language of the page',
    browser: 'As the browser has it',
    failed: 'The words of this language could not be fetched. Check the connection and try again.',
  },
  provider: {
    title: 'Who answers',
    local: 'On this machine',
    cloud: 'Cloud',
    notSetUp: 'Not set up here',
    missing: 'Missing:',
  },
  mode: {
    title: 'How you talk',
    ...modes,
    gated: (name: string) =>
      `${name} finds the end of a turn by itself. Holding only opens and closes your microphone.`,
    noCaptions: (name: string) => `${name} cannot only listen.`,
  },
  voice: {
    title: 'Voice and language',
    voice: 'Voice',
    ownChoice: 'Provider’s choice',
    other: 'Another voice…',
    otherName: 'Name of the voice',
    otherHint: 'As the provider calls it, for example a custom voice.',
    hear: 'Hear it',
    hearing: 'One moment',
    hearNeedsCall: 'A voice can be heard during a conversation.',
    hearFailed: (reason: string) => `It cannot be heard now. ${reason}`,
    language: 'Language of the conversation',
    anyLanguage: 'Found out by itself',
    onlyLanguage: (name: string) => `It understands and speaks ${name} only.`,
    fixedLanguage: 'This provider finds out the language by itself.',
  },
  detection: {
    title: 'End of a turn',
    kind: 'Found by',
    notUsed: 'Not used while you hold to talk or only read captions.',
  },
  sound: { title: 'Sound', noise: 'Noise reduction' },
  options: { title: 'More of this provider' },
  instructions: {
    title: 'Instructions',
    label: 'What the assistant should keep to',
    hint: 'For example: answer in one sentence, and call me Robin.',
    left: (n: number) => `${n} characters left`,
  },
  tools: { title: 'Tools', hint: 'What the assistant may use.', none: 'It has none.' },
  reset: 'Back to defaults',
  sending: {
    none: '',
    pending: 'Telling the assistant',
    live: 'In effect',
    renewed: 'In effect, in a new session that knows the conversation',
    nothing: 'In effect already',
    partly: 'In effect, but not all of it',
    failed: (reason: string) => `Not in effect. ${reason}`,
  },
} as const;
