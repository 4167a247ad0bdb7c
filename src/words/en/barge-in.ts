import type { EchoPath } from '../../barge-in/echo.ts';
import type { Sensitivity } from '../../barge-in/policy.ts';
import type { RoomFindings } from '../../tuning/findings.ts';

interface Named {
  readonly name: string;
  readonly note: string;
}

const sensitivities: Readonly<Record<Sensitivity, Named>> = {
  off: {
    name: 'Off',
    note: 'The assistant alone decides when you cut in, about a second after you begin.',
  },
  gentle: {
    name: 'Gentle',
    note: 'It waits for a clear word before it falls silent, and stops for good only when you go on; best for noisy rooms.',
  },
  normal: {
    name: 'Normal',
    note: 'It falls silent at the first sound of speech, and stops for good at your words; after an “mm-hm” it goes on.',
  },
  eager: {
    name: 'Eager',
    note: 'As normal, but sooner where your words are not understood; best with headphones in a quiet room.',
  },
};

const ms = (value: number): string => `${Math.round(value)} ms`;

/** With a real minus sign, since it stands beside figures. */
const dB = (value: number): string => `${Math.round(value)} dB`.replace('-', '−');

const panel = {
  title: 'How cutting in is decided',
  plot: 'How likely speech is in your microphone, over the last eight seconds. The figures below say what came of it.',
  legend: {
    speech: 'Speech in your microphone',
    thresholds: 'Thresholds',
    lowered: 'Voice lowered',
    cut: 'Reply cut',
    assistant: 'Assistant audible',
    echo: 'Its echo',
    age: 'Age of a frame',
  },
  figures: {
    last: 'Last time you cut in',
    noneYet: 'Not yet',
    lowered: (loweredMs: number, finalMs: number | undefined) =>
      finalMs === undefined
        ? `Lowered after ${ms(loweredMs)}`
        : `Lowered after ${ms(loweredMs)}, cut after ${ms(finalMs)}`,
    counts: 'So far',
    counted: (lowered: number, restored: number, cut: number) =>
      `${lowered} lowered, ${restored} false alarms, ${cut} cut`,
    age: 'Age of frames',
    ages: (now: number, worst: number) => `${ms(now)}, at most ${ms(worst)}`,
    noFrames: 'The microphone is off',
    echo: 'Echo of the loudspeaker',
    echoes: ({ delayMs, couplingDb }: EchoPath) => `${ms(delayMs)} late, ${dB(couplingDb)}`,
    noEcho: 'None heard',
  },
} as const;

const found = (findings: RoomFindings): string => {
  const noise = dB(findings.noiseDb);
  switch (findings.kind) {
    case 'noisy':
      return `The noise of your room (${noise}) could pass for speech, so a clear word should be asked for.`;
    case 'echoing':
      return 'Your microphone hears the loudspeaker as if somebody spoke, so the assistant should not stop too readily.';
    case 'echo-known':
      return `Your microphone hears the loudspeaker ${ms(findings.echo.delayMs)} late at ${dB(findings.echo.couplingDb)}, which the page can tell from you.`;
    case 'clear':
      return `Your microphone does not hear the loudspeaker, and your room is neither loud nor quiet (${noise}).`;
    case 'quiet':
      return `Your room is quiet (${noise}) and your microphone does not hear the loudspeaker, so the first sound can count.`;
  }
};

const tuning = {
  begin: 'Tune to my room',
  steps: {
    quiet: 'Please stay quiet for five seconds. The assistant does not hear you meanwhile.',
    sound:
      'Stay quiet a little longer: a sound plays, to hear whether your microphone picks it up.',
  },
  failed: 'Your room could not be listened to. Check your microphone and try again.',
  found,
  use: (name: string) => `Use “${name}”`,
  inUse: (name: string) => `“${name}” suits it, and is what you use.`,
} as const;

/** The texts of cutting in by voice: its setting, its panel and its tuning. They come with these and not before. */
export const bargeInWords = {
  title: 'When I speak',
  sensitivities,
  watch: 'Watch how it decides',
  panel,
  tuning,
} as const;
