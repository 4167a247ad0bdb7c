import type { Segment } from '../../vad/segmenting/segments.ts';
import { frameRateHz } from '../../vad/silero/frame.ts';
import { atLevel, levelOf, looped, mixInto } from '../sounds/level.ts';
import { recordedNoise } from '../sounds/recorded-noise.ts';
import { seeded } from '../sounds/seeded.ts';
import { noise } from '../sounds/shaping.ts';
import { fan, street } from '../sounds/surroundings.ts';
import { voices, type Phrase, type Voice } from './voices.ts';
import { whispered } from './whispered.ts';

export const conditions = ['clean', 'noisy', 'several', 'music', 'whisper'] as const;
export type Condition = (typeof conditions)[number];

/** A recording that was made, and where somebody speaks in it. */
export interface LabelledSound {
  readonly condition: Condition;
  readonly name: string;
  /** 16 kHz, mono, [-1, 1]. */
  readonly sound: Float32Array;
  readonly speech: readonly Segment[];
}

/** Speech with rests, before anything is mixed into it. */
interface Talk {
  readonly sound: Float32Array;
  readonly speech: readonly Segment[];
}

const lengthS = 9;
const roomDbfs = -66;

/** What a recording needs that is talked in at a level, over a background that is so much quieter than the speech. */
interface Scene {
  readonly name: string;
  readonly talk: Talk;
  readonly speechDbfs: number;
  readonly background?: Float32Array;
  readonly speechToNoiseDb?: number;
}

/** Thirty recordings of 9 s, six of each condition; the same each time. */
export async function labelledSounds(): Promise<readonly LabelledSound[]> {
  const random = seeded(20_261_121);
  const { reader, high, parley, low } = await voices();
  const { office, typing, music } = await recordedNoise();
  const alone = (voice: Voice): Talk => inPhrases([voice], random);
  const whisper = (voice: Voice): Talk => {
    const { sound, speech } = alone(voice);
    return { sound: whispered(sound, random), speech };
  };
  const white = noise(lengthS * 1000, random);
  const musicFrom = (s: number): Float32Array =>
    looped(music, lengthS * frameRateHz, s * frameRateHz);

  const scenes: Readonly<Record<Condition, readonly Scene[]>> = {
    clean: [
      { name: 'reader', talk: alone(reader), speechDbfs: -22 },
      { name: 'parley', talk: alone(parley), speechDbfs: -22 },
      { name: 'higher', talk: alone(high), speechDbfs: -26 },
      { name: 'lower', talk: alone(low), speechDbfs: -26 },
      { name: 'far', talk: alone(reader), speechDbfs: -34 },
      { name: 'parley-far', talk: alone(parley), speechDbfs: -34 },
    ],
    noisy: [
      {
        name: 'office',
        talk: alone(reader),
        speechDbfs: -24,
        background: office,
        speechToNoiseDb: 5,
      },
      {
        name: 'typing',
        talk: alone(parley),
        speechDbfs: -24,
        background: typing,
        speechToNoiseDb: 5,
      },
      {
        name: 'fan',
        talk: alone(high),
        speechDbfs: -24,
        background: fan(lengthS, random),
        speechToNoiseDb: 5,
      },
      {
        name: 'street',
        talk: alone(low),
        speechDbfs: -24,
        background: street(lengthS, random),
        speechToNoiseDb: 5,
      },
      {
        name: 'white',
        talk: alone(reader),
        speechDbfs: -24,
        background: white,
        speechToNoiseDb: 5,
      },
      {
        name: 'office-loud',
        talk: alone(parley),
        speechDbfs: -24,
        background: office,
        speechToNoiseDb: 0,
      },
    ],
    several: [
      { name: 'two', talk: inPhrases([reader, parley], random), speechDbfs: -24 },
      { name: 'two-more', talk: inPhrases([high, low], random), speechDbfs: -24 },
      { name: 'at-once', talk: inPhrases([reader, low], random, 0.5), speechDbfs: -24 },
      { name: 'at-once-far', talk: inPhrases([parley, high], random, 0.5, 12), speechDbfs: -24 },
      { name: 'one-far', talk: inPhrases([reader, parley], random, 0, 12), speechDbfs: -24 },
      {
        name: 'four',
        talk: inPhrases([reader, low, high, parley], random, 0.2, 6),
        speechDbfs: -24,
      },
    ],
    music: [
      {
        name: 'soft',
        talk: alone(reader),
        speechDbfs: -24,
        background: musicFrom(0),
        speechToNoiseDb: 15,
      },
      {
        name: 'soft-2',
        talk: alone(parley),
        speechDbfs: -24,
        background: musicFrom(9),
        speechToNoiseDb: 15,
      },
      {
        name: 'middle',
        talk: alone(high),
        speechDbfs: -24,
        background: musicFrom(18),
        speechToNoiseDb: 8,
      },
      {
        name: 'middle-2',
        talk: alone(low),
        speechDbfs: -24,
        background: musicFrom(27),
        speechToNoiseDb: 8,
      },
      {
        name: 'loud',
        talk: alone(reader),
        speechDbfs: -24,
        background: musicFrom(36),
        speechToNoiseDb: 3,
      },
      {
        name: 'loud-2',
        talk: alone(parley),
        speechDbfs: -24,
        background: musicFrom(45),
        speechToNoiseDb: 3,
      },
    ],
    whisper: [
      { name: 'reader', talk: whisper(reader), speechDbfs: -36 },
      { name: 'parley', talk: whisper(parley), speechDbfs: -36 },
      { name: 'higher', talk: whisper(high), speechDbfs: -42 },
      { name: 'lower', talk: whisper(low), speechDbfs: -42 },
      {
        name: 'reader-fan',
        talk: whisper(reader),
        speechDbfs: -36,
        background: fan(lengthS, random),
        speechToNoiseDb: 12,
      },
      {
        name: 'parley-office',
        talk: whisper(parley),
        speechDbfs: -36,
        background: office,
        speechToNoiseDb: 12,
      },
    ],
  };
  return conditions.flatMap((condition) =>
    scenes[condition].map((scene) => ({
      condition,
      name: `${condition}-${scene.name}`,
      sound: mixed(scene, random),
      speech: scene.talk.speech,
    })),
  );
}

/**
 * Voices by turns, with rests of 0.7 to 1.5 s between. `overlap` is the share of a phrase that the next voice does not wait
 * for; every second voice is so much quieter, in dB.
 */
function inPhrases(by: readonly Voice[], random: () => number, overlap = 0, quieterDb = 0): Talk {
  const sound = new Float32Array(lengthS * frameRateHz);
  const speech: Segment[] = [];
  const rest = (): number => Math.round((0.7 + 0.8 * random()) * frameRateHz);
  let at = rest();
  for (let turn = 0; ; turn += 1) {
    const phrase = by[turn % by.length]?.();
    if (!phrase || at + phrase.sound.length > sound.length - frameRateHz / 2) break;
    const levelDbfs = turn % 2 === 1 ? -20 - quieterDb : -20;
    mixInto(sound, spokenAt(phrase, levelDbfs), at);
    speech.push({ startMs: ms(at + phrase.from), endMs: ms(at + phrase.to) });
    const together = overlap > 0 && turn % 2 === 0;
    at += together ? Math.round((1 - overlap) * phrase.sound.length) : phrase.sound.length + rest();
  }
  return { sound, speech: merged(speech) };
}

function spokenAt({ sound, from, to }: Phrase, levelDbfs: number): Float32Array {
  const gain = 10 ** ((levelDbfs - levelOf(sound.subarray(from, to))) / 20);
  return sound.map((sample) => sample * gain);
}

function mixed({ talk, speechDbfs, background, speechToNoiseDb = 0 }: Scene, random: () => number) {
  const { sound, speech } = talk;
  const spoken = speech.flatMap(({ startMs, endMs }) => [
    ...sound.subarray(samplesOf(startMs), samplesOf(endMs)),
  ]);
  const gain = 10 ** ((speechDbfs - levelOf(Float32Array.from(spoken))) / 20);
  const out = atLevel(noise(lengthS * 1000, random), roomDbfs);
  mixInto(
    out,
    sound.map((sample) => sample * gain),
    0,
  );
  if (background) {
    mixInto(out, atLevel(looped(background, out.length), speechDbfs - speechToNoiseDb), 0);
  }
  return out.map((sample) => Math.max(-1, Math.min(1, sample)));
}

function merged(segments: readonly Segment[]): readonly Segment[] {
  return segments.reduce<Segment[]>((done, segment) => {
    const last = done.at(-1);
    if (!last || segment.startMs > last.endMs) return [...done, segment];
    return [...done.slice(0, -1), { ...last, endMs: Math.max(last.endMs, segment.endMs) }];
  }, []);
}

function ms(samples: number): number {
  return Math.round((samples / frameRateHz) * 1000);
}

function samplesOf(durationMs: number): number {
  return Math.round((durationMs / 1000) * frameRateHz);
}
