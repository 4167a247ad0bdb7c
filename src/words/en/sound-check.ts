/** The texts of the sound check: whether one is heard, hears, and how readily the assistant should give way. */
export const soundCheckWords = {
  title: 'Sound check',
  begin: 'Check microphone and loudspeaker',
  about: 'A minute, and nothing of it leaves this browser.',
  step: (n: number, of: number) => `Step ${n} of ${of}`,
  skip: 'Skip this step',
  next: 'Next',
  finish: 'Done',
  titles: {
    voice: 'Hear yourself',
    loudspeaker: 'Hear the assistant',
    room: 'Cut in without cutting it off',
  },
  voice: {
    advice: 'Say a sentence as you would to the assistant. You hear it again at once.',
    opening: 'Waiting for your microphone. Allow it if the browser asks.',
    record: 'Record three seconds',
    again: 'Record again',
    recording: 'Speak now',
    playing: 'This is what the assistant would hear',
    failed: 'This browser could not record. The bar above shows whether your microphone works.',
    tryAgain: 'Try again',
    loudness: {
      silent:
        'Nothing was heard. Choose another microphone, or look for a switch that mutes it, and record again.',
      faint:
        'Your voice is faint. Come nearer, or turn the microphone up in your system’s settings.',
      good: 'Your voice is loud and clear.',
      overdriven: 'Your voice is too loud and distorts. Move back, or turn the microphone down.',
    },
  },
  loudspeaker: {
    advice: 'Play a voice and set the volume so that you hear it well.',
    play: 'Play a voice',
    playing: 'Playing',
    heard: 'I hear it',
    notHeard: 'I hear nothing',
    failed: (reason: string) => `It could not be played: ${reason}`,
    help: 'Choose another loudspeaker, turn the volume up here and on your device, and see that it is not muted. A headset that has just been connected may take some seconds.',
    locked: 'The browser keeps the sound off. Press “Play a voice” once more.',
  },
  room: {
    advice:
      'The assistant stops when you speak. Here the page finds out whether it would take its own voice, or the noise of your room, for yours.',
    needsMicrophone: 'This needs your microphone, which is not open.',
  },
} as const;
