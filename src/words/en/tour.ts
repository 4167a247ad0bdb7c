/** The texts of the tour through a talk. */
export const tourWords = {
  back: 'Back',
  next: 'Next',
  done: 'Done',
  place: (place: number, count: number) => `${place} of ${count}`,
  stops: {
    state: {
      title: 'How the assistant is',
      text: 'It listens, thinks or speaks. Just talk; it answers when you have finished.',
    },
    interrupt: {
      title: 'Cut in',
      text: 'Speak at any moment and it falls silent at once. This button does the same without a word.',
    },
    microphone: {
      title: 'Your microphone',
      text: 'The bars move when you are heard. Press to be heard no more, and again to go on.',
    },
    mode: {
      title: 'Ways to talk',
      text: 'Talk freely, hold a key while you speak, or have captions only, without answers.',
    },
    sound: {
      title: 'Sound',
      text: 'Choose microphone and speaker, and how readily the assistant gives way.',
    },
    message: {
      title: 'Write instead',
      text: 'Messages and speech can take turns. A message cuts in as well.',
    },
    history: {
      title: 'Everything is kept',
      text: 'Read, search and take up earlier conversations. They stay in this browser.',
    },
    settings: {
      title: 'Settings',
      text: 'Who answers, its voice and language, and what it may do.',
    },
  },
} as const;
