import { packedWeights } from '../vad/packing/vite-plugin.ts';
import { frameMs, frameRateHz, frameSamples } from '../vad/silero/frame.ts';
import { unpack } from '../vad/silero/parameters.ts';
import { Silero } from '../vad/silero/silero.ts';
import { outsideCollars, frameLabels, wordsIn, type Stretch } from './quality/labels.ts';
import { OnnxSilero } from './quality/onnx.ts';
import { humanReadings } from './quality/recordings.ts';
import { areaUnderRoc, furthestApart, passedAt, type Answers } from './quality/roc.ts';
import { report, spreadOf } from './report.ts';
import { atLevel, levelOf, looped, mixInto } from './sounds/level.ts';
import { recordedNoise } from './sounds/recorded-noise.ts';
import { seeded } from './sounds/seeded.ts';

/** RMS of the speech, pauses left out, in dBFS. */
const speechDbfs = -24;
const speechToNoiseDb = [20, 10, 5];
/** A frame from this probability on is speech. */
const speechFrom = 0.5;
/** Before the first word and, in phrases, before each: as somebody talks who waits for answers. */
const restSamples = 1.5 * frameRateHz;
/** What is kept around a phrase. */
const marginSamples = 0.1 * frameRateHz;
const roomDbfs = -66;
/** Left out of the score on either side of each edge of the labels, in ms; beside it stands the score with nothing left out. */
const collarMs = 50;

/** Readers and noise in one signal, with what is known of it. */
interface Scene {
  readonly name: string;
  readonly sound: Float32Array;
  readonly stretches: readonly Stretch[];
}

/** What both detectors make of the scenes with one noise. */
interface Judged {
  readonly onnx: Answers;
  readonly ours: Answers;
  /** Ours, without the frames at the edges of the labels. */
  readonly oursInside: Answers;
  readonly onsetMs: readonly number[];
  readonly missed: number;
}

const random = seeded(1);
const noises = {
  white: new Float32Array(10 * frameRateHz).map(() => 2 * random() - 1),
  ...(await recordedNoise()),
};
const readers = await humanReadings();
const onnx = await OnnxSilero.load();
const weights = unpack((await packedWeights()).buffer);

const scenes = Object.entries(readers).flatMap(([reader, clean]) => scenesOf(reader, clean));
const judged = new Map<string, Judged[]>();
for (const scene of scenes) {
  judged.set(scene.name, [...(judged.get(scene.name) ?? []), await judge(scene)]);
}
const each = [...judged].map(([name, parts]) => [name, together(parts)] as const);
const all = together(each.filter(([name]) => !name.startsWith('as read')).map(([, part]) => part));
await report(
  'quality',
  Object.fromEntries(
    [...each, ['all in phrases', all] as const].map(([name, part]) => [name, rowOf(part)]),
  ),
  {
    probabilitiesApart: apart(all),
    roc: Array.from({ length: 101 }, (_, step) => {
      const threshold = step / 100;
      return {
        threshold,
        ours: passedAt(all.ours, threshold),
        onnx: passedAt(all.onnx, threshold),
      };
    }),
    onsetMs: Object.fromEntries(each.map(([name, { onsetMs }]) => [name, onsetMs])),
  },
);

function scenesOf(reader: string, recording: Float32Array): Scene[] {
  const asRead = new Float32Array(restSamples + recording.length);
  asRead.set(recording, restSamples);
  // Told before there is a rest: a silence of zeros would pass for the quietest part of the room.
  const words = wordsIn(recording).map(({ from, to }) => ({
    from: from + restSamples,
    to: to + restSamples,
  }));
  const read = levelled({ sound: asRead, stretches: words });
  const said = inPhrases(read);
  const from = reader.length * frameRateHz;
  return [
    { name: 'as read, no noise', ...read },
    ...Object.entries(noises).flatMap(([kind, noise]) =>
      speechToNoiseDb.map((ratioDb) => ({
        name: `${kind}, ${ratioDb} dB`,
        stretches: said.stretches,
        sound: mixed(
          said.sound,
          atLevel(looped(noise, said.sound.length, from), speechDbfs - ratioDb),
        ),
      })),
    ),
    { name: 'no noise', ...said },
  ];
}

type Labelled = Omit<Scene, 'name'>;

function levelled({ sound, stretches }: Labelled): Labelled {
  const spoken = stretches.flatMap(({ from, to }) => [...sound.subarray(from, to)]);
  const gain = 10 ** ((speechDbfs - levelOf(Float32Array.from(spoken))) / 20);
  return { sound: sound.map((sample) => sample * gain), stretches };
}

/** The same phrases with a rest before each, in a quiet room. */
function inPhrases({ sound, stretches }: Labelled): Labelled {
  const length = stretches.reduce(
    (sum, { from, to }) => sum + restSamples + to - from,
    restSamples,
  );
  const said = atLevel(looped(noises.white, length), roomDbfs);
  let at = restSamples;
  const placed = stretches.map(({ from, to }) => {
    mixInto(said, sound.subarray(from - marginSamples, to + marginSamples), at - marginSamples);
    const stretch = { from: at, to: at + to - from };
    at = stretch.to + restSamples;
    return stretch;
  });
  return { sound: said, stretches: placed };
}

function mixed(one: Float32Array, other: Float32Array): Float32Array {
  return one.map((sample, i) => sample + (other[i] ?? 0));
}

async function judge({ sound, stretches }: Scene): Promise<Judged> {
  const labels = frameLabels(stretches, sound.length);
  const silero = new Silero(weights);
  const probabilities = labels.map((_, frame) =>
    silero.probability(sound.subarray(frame * frameSamples, (frame + 1) * frameSamples)),
  );
  const onsets = stretches.map((stretch) => heardAfterMs(stretch, probabilities));
  const heard = onsets.flatMap((ms) => ms ?? []);
  const inside = outsideCollars(stretches, labels.length, collarMs);
  const isInside = (_: unknown, frame: number): boolean => inside[frame] ?? false;
  return {
    onnx: { labels, probabilities: await onnx.probabilities(sound) },
    ours: { labels, probabilities },
    oursInside: {
      labels: labels.filter(isInside),
      probabilities: probabilities.filter(isInside),
    },
    onsetMs: heard,
    missed: onsets.length - heard.length,
  };
}

/** Ms from the first sound of a stretch to the end of the first frame that counts as speech; undefined if there is none. */
function heardAfterMs({ from, to }: Stretch, probabilities: readonly number[]): number | undefined {
  const first = Math.floor(from / frameSamples);
  const last = Math.floor((to - 1) / frameSamples);
  for (let frame = first; frame <= last; frame += 1) {
    if ((probabilities[frame] ?? 0) < speechFrom) continue;
    return Math.round((frame + 1) * frameMs - (from / frameRateHz) * 1000);
  }
  return undefined;
}

function together(parts: readonly Judged[]): Judged {
  const answers = (pick: (part: Judged) => Answers): Answers => ({
    probabilities: parts.flatMap((part) => pick(part).probabilities),
    labels: parts.flatMap((part) => pick(part).labels),
  });
  return {
    onnx: answers((part) => part.onnx),
    ours: answers((part) => part.ours),
    oursInside: answers((part) => part.oursInside),
    onsetMs: parts.flatMap(({ onsetMs }) => onsetMs),
    missed: parts.reduce((sum, { missed }) => sum + missed, 0),
  };
}

function rowOf(part: Judged): Record<string, number> {
  const rounded = (value: number, places: number): number => Number(value.toFixed(places));
  const { truePositives, falsePositives } = passedAt(part.ours, speechFrom);
  const onset = spreadOf(part.onsetMs);
  return {
    frames: part.ours.labels.length,
    AUC: rounded(areaUnderRoc(part.ours), 4),
    'AUC, collar': rounded(areaUnderRoc(part.oursInside), 4),
    'AUC of ONNX': rounded(areaUnderRoc(part.onnx), 4),
    'ROC apart': rounded(furthestApart(part.ours, part.onnx), 4),
    'recall at 0.5': rounded(truePositives, 3),
    'false at 0.5': rounded(falsePositives, 3),
    onsets: part.onsetMs.length + part.missed,
    missed: part.missed,
    'onset p50, ms': onset.median,
    'onset p90, ms': onset.p90,
  };
}

function apart({ ours, onnx: theirs }: Judged): number {
  return ours.probabilities.reduce(
    (most, probability, i) =>
      Math.max(most, Math.abs(probability - (theirs.probabilities[i] ?? 0))),
    0,
  );
}
