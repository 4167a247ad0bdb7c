interface Syllable {
  readonly lengthS: number;
  readonly pauseS: number;
  readonly pitchHz: number;
  /** The first two resonances of the mouth. */
  readonly formantsHz: readonly [number, number];
}

/** No two of them alike in a row: a rhythm that repeats would leave open how late its echo is. */
const syllables: readonly Syllable[] = [
  { lengthS: 0.22, pauseS: 0.05, pitchHz: 118, formantsHz: [730, 1090] },
  { lengthS: 0.14, pauseS: 0.02, pitchHz: 131, formantsHz: [530, 1840] },
  { lengthS: 0.31, pauseS: 0.24, pitchHz: 124, formantsHz: [570, 840] },
  { lengthS: 0.17, pauseS: 0.04, pitchHz: 142, formantsHz: [270, 2290] },
  { lengthS: 0.26, pauseS: 0.09, pitchHz: 121, formantsHz: [660, 1720] },
  { lengthS: 0.12, pauseS: 0.03, pitchHz: 135, formantsHz: [440, 1020] },
  { lengthS: 0.36, pauseS: 0.41, pitchHz: 109, formantsHz: [730, 1090] },
];
const attackS = 0.03;
const loudness = 0.5;

/** A made-up voice that says vowels for `lengthMs`, as a stream. The release ends it. */
export function voiceLike(
  context: AudioContext,
  lengthMs: number,
): { stream: MediaStream; release: () => void } {
  const glottis = new OscillatorNode(context, { type: 'sawtooth' });
  const mouth = new GainNode(context, { gain: 0 });
  const formants = [0, 1].map(() => new BiquadFilterNode(context, { type: 'bandpass', Q: 6 }));
  const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  for (const formant of formants) glottis.connect(formant).connect(mouth);
  mouth.connect(destination);
  let atS = context.currentTime + attackS;
  const endS = atS + lengthMs / 1000;
  for (let round = 0; atS < endS; round += 1) {
    for (const { lengthS, pauseS, pitchHz, formantsHz } of syllables) {
      glottis.frequency.setValueAtTime(pitchHz, atS);
      glottis.frequency.linearRampToValueAtTime(pitchHz * 0.92, atS + lengthS);
      formants.forEach(({ frequency }, nth) => frequency.setValueAtTime(formantsHz[nth] ?? 0, atS));
      mouth.gain.setValueAtTime(0, atS);
      mouth.gain.linearRampToValueAtTime(loudness, atS + attackS);
      mouth.gain.linearRampToValueAtTime(0, atS + lengthS);
      // Each time round a little longer, for the same reason.
      atS += lengthS + pauseS + round * 0.02;
    }
  }
  glottis.start();
  return {
    stream: destination.stream,
    release: () => {
      glottis.stop();
      mouth.disconnect();
    },
  };
}
