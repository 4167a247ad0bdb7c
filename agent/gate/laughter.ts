import type { AudioFrame } from '@livekit/rtc-node';

/** Loudness and colour are taken over so long, in ms. */
const stepMs = 10;
/** So much of the sound is remembered, and no more than that much of its end is judged, in steps. */
const remembered = 250;
const judged = 120;
/** Two calls; less of a laugh cannot be told from a word, in steps. */
const fewest = 42;
/** After so long without sound a bout is over, in steps. */
const longestPause = 35;
/** What is so much softer than the loudest is a pause, in dB; and the vowels lie within that much of it. */
const pauseDb = 25;
const vowelDb = 12;
/** One call follows another within these times, in steps. */
const quickest = 12;
const slowest = 32;
/** How like itself one call later the loudness is (Pearson's), and how alike the colours of the vowels are at least. */
const rhythmic = 0.55;
const oneColour = 0.33;

interface Step {
  readonly loudnessDb: number;
  /** How much of the sound lies high up; in natural logarithms, from any origin. */
  readonly colour: number;
}

/**
 * Hears whether what was sounding last is laughter: one vowel over and over, in even time. Talk changes its vowels from
 * syllable to syllable and keeps no time.
 */
export class LaughterEar {
  #steps: Step[] = [];
  #waiting: number[] = [];

  /** Listens to mono or interleaved frames of one rate as they pass. */
  follow(frames: ReadableStream<AudioFrame>): ReadableStream<AudioFrame> {
    return frames.pipeThrough(
      new TransformStream<AudioFrame, AudioFrame>({
        transform: (frame, controller) => {
          this.hear(frame);
          controller.enqueue(frame);
        },
      }),
    );
  }

  hear({ data, sampleRate, channels }: AudioFrame): void {
    for (let at = 0; at < data.length; at += channels) this.#waiting.push((data[at] ?? 0) / 0x8000);
    const length = Math.round((stepMs * sampleRate) / 1000);
    let from = 0;
    for (; from + length <= this.#waiting.length; from += length) {
      this.#steps.push(stepOf(this.#waiting.slice(from, from + length)));
    }
    this.#waiting = this.#waiting.slice(from);
    this.#steps = this.#steps.slice(-remembered);
  }

  get isHeard(): boolean {
    const bout = boutIn(this.#steps);
    if (bout.length < fewest) return false;
    return rhythmOf(bout) >= rhythmic && spreadOfColours(bout) <= oneColour;
  }
}

function stepOf(samples: readonly number[]): Step {
  let energy = 1e-9;
  let differences = 1e-9;
  let before = samples[0] ?? 0;
  for (const sample of samples) {
    energy += sample * sample;
    differences += (sample - before) ** 2;
    before = sample;
  }
  const loudnessDb = 10 * Math.log10(energy / samples.length);
  return { loudnessDb, colour: Math.log(differences / energy) };
}

/** The last sounds that no long pause parts. */
function boutIn(steps: readonly Step[]): readonly Step[] {
  const softest = loudest(steps) - pauseDb;
  const sounds = ({ loudnessDb }: Step): boolean => loudnessDb > softest;
  const last = steps.findLastIndex(sounds);
  let first = last;
  for (let at = last; at >= 0 && at > last - judged && first - at <= longestPause; at -= 1) {
    const step = steps[at];
    if (step && sounds(step)) first = at;
  }
  return steps.slice(Math.max(0, first), last + 1);
}

/** How like itself the loudness is one call later: 1 if it is the same again and again. */
function rhythmOf(bout: readonly Step[]): number {
  const softest = loudest(bout) - pauseDb;
  const levels = bout.map(({ loudnessDb }) => Math.max(loudnessDb, softest));
  const mean = levels.reduce((a, b) => a + b, 0) / levels.length;
  let most = 0;
  for (let lag = quickest; lag <= slowest && lag < levels.length - quickest; lag += 1) {
    let both = 0;
    let squares = 0;
    let squaresBefore = 0;
    for (let at = lag; at < levels.length; at += 1) {
      const now = (levels[at] ?? 0) - mean;
      const before = (levels[at - lag] ?? 0) - mean;
      both += now * before;
      squares += now * now;
      squaresBefore += before * before;
    }
    most = Math.max(most, both / Math.sqrt(squares * squaresBefore + 1e-9));
  }
  return most;
}

/** Standard deviation of the colour of the loud parts. */
function spreadOfColours(bout: readonly Step[]): number {
  const softest = loudest(bout) - vowelDb;
  const colours = bout.filter(({ loudnessDb }) => loudnessDb > softest).map(({ colour }) => colour);
  const mean = colours.reduce((a, b) => a + b, 0) / colours.length;
  return Math.sqrt(colours.reduce((sum, it) => sum + (it - mean) ** 2, 0) / colours.length);
}

function loudest(steps: readonly Step[]): number {
  return Math.max(-120, ...steps.map(({ loudnessDb }) => loudnessDb));
}
