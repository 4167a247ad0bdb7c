import { FLACDecoder } from '@wasm-audio-decoders/flac';
import { humanRecordings } from '../../../e2e/fixtures/human/recordings.ts';
import type { Speech } from '../../../e2e/fixtures/speech.ts';
import { samplesOf } from '../../../e2e/fixtures/wav.ts';
import { resampled } from '../../sounds/resampled.ts';
import { roomRateHz } from '../sound/sound-room.ts';
import { blockLevels, blockMs, blockSamples } from './block-levels.ts';

/** Something that a person says over the assistant: 48 kHz, mono, [-1, 1], from its first audible sample on. */
export interface Utterance {
  readonly name: string;
  readonly voice: 'human' | 'synthetic';
  /** RMS of its speech, in dBFS. */
  readonly levelDbfs: number;
  readonly samples: Float32Array;
}

const sentences = [
  'Stop, please, that is enough.',
  'No, wait, I meant something else.',
  'Hold on, let me ask you a question.',
  'Excuse me, what time is it?',
  'Okay, okay, thank you, that will do.',
  'Can you tell me about the weather instead?',
];
/** One voice at three heights: it is played that much faster or slower. */
const pitches = [0.88, 1, 1.14];
const levelsDbfs = [-18, -24, -30];

/** Quieter than the loudest block by this much, in dB, is a pause. */
const pauseDb = 30;
/** A reader's pause of this length ends a piece, in ms; a piece shorter than the other is no interruption. */
const longPauseMs = 150;
const shortestMs = 900;

/** So many interruptions, human and synthetic by turns, each said at another level than the one before; always the same. */
export async function interruptions(count: number, speech: Speech): Promise<Utterance[]> {
  const human = await humanPieces();
  const synthetic = await syntheticSentences(speech);
  return Array.from({ length: count }, (_, index) => {
    const voice = index % 2 === 0 ? 'human' : 'synthetic';
    const source = voice === 'human' ? human : synthetic;
    const turn = Math.floor(index / 2);
    const { name, samples } = source[turn % source.length] ?? {
      name: '',
      samples: new Float32Array(),
    };
    const levelDbfs =
      levelsDbfs[(turn + Math.floor(turn / source.length)) % levelsDbfs.length] ?? -18;
    return { name, voice, levelDbfs, samples: atLevel(samples, levelDbfs) };
  });
}

/** The samples of a 16-bit mono WAV as `Speech` makes them, and their rate. */
export function samplesOfWav(wav: Buffer): { samples: Float32Array; rateHz: number } {
  const samples = Float32Array.from(samplesOf(wav), (sample) => sample / 0x8000);
  return { samples, rateHz: wav.readUInt32LE(24) };
}

/** Brings speech to an RMS level, pauses left out of the sum. */
function atLevel(samples: Float32Array, levelDbfs: number): Float32Array {
  const loud = blockLevels(samples).filter((level, _, all) => level > Math.max(...all) - pauseDb);
  const mean = loud.reduce((sum, level) => sum + 10 ** (level / 10), 0) / Math.max(1, loud.length);
  const gain = 10 ** ((levelDbfs - 10 * Math.log10(mean)) / 20);
  return samples.map((sample) => sample * gain);
}

interface Piece {
  readonly name: string;
  readonly samples: Float32Array;
}

async function humanPieces(): Promise<Piece[]> {
  const decoder = new FLACDecoder();
  await decoder.ready;
  const pieces: Piece[] = [];
  for (const { audio, words } of humanRecordings) {
    const { channelData, sampleRate } = await decoder.decodeFile(audio);
    await decoder.reset();
    const [mono] = channelData;
    if (!mono) throw new Error(`“${words}” has no sound.`);
    piecesOf(resampled(mono, sampleRate, roomRateHz)).forEach((samples, index) =>
      pieces.push({ name: `${words.slice(0, 24)}… ${index + 1}`, samples }),
    );
  }
  decoder.free();
  return pieces;
}

async function syntheticSentences(speech: Speech): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for (const [index, sentence] of sentences.entries()) {
    const { samples, rateHz } = samplesOfWav(await speech.clip(sentence));
    const pitch = pitches[index % pitches.length] ?? 1;
    // Taken for faster than it is, it is higher, and the other way round.
    const takenForHz = Math.round((rateHz * pitch) / 50) * 50;
    const [whole] = piecesOf(resampled(samples, takenForHz, roomRateHz), Infinity);
    if (whole) pieces.push({ name: sentence, samples: whole });
  }
  return pieces;
}

/** From the first audible block of each phrase to the end of it. */
function piecesOf(samples: Float32Array, splitMs = longPauseMs): Float32Array[] {
  const levels = blockLevels(samples);
  const audibleFrom = Math.max(...levels) - pauseDb;
  const pieces: Float32Array[] = [];
  let begin: number | undefined;
  let end = 0;
  const take = (): void => {
    if (begin !== undefined && (end - begin) * blockMs >= shortestMs) {
      pieces.push(samples.slice(begin * blockSamples, end * blockSamples));
    }
    begin = undefined;
  };
  levels.forEach((level, index) => {
    if (level >= audibleFrom) {
      begin ??= index;
      end = index + 1;
    } else if ((index - end) * blockMs >= splitMs) take();
  });
  take();
  return pieces;
}
