import type { EngineClient } from '../../../agent/engine/client.ts';
import { PieceCutter } from '../../../agent/engine/speaking/pieces.ts';
import { speakingRateHz } from '../../../agent/engine/wire/messages.ts';
import { joined } from '../../../agent/engine/wire/pcm.ts';
import { atRate } from './rate.ts';

/** A clause or sentence of the reply, as sound. */
export interface SpokenPiece {
  /** Mono PCM. */
  readonly pcm: Int16Array;
  readonly rateHz: number;
  /** The texts of all pieces, joined, are the whole text. */
  readonly text: string;
  /** Where the piece begins and ends in the speech, in ms. */
  readonly startMs: number;
  readonly endMs: number;
  /** When each word is heard, in ms since the speech began. Their texts, joined, are the piece's. */
  readonly words: readonly SpokenWord[];
}

export interface SpokenWord {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

export interface SpeakingOptions {
  /** Of the sound that is given; the voice's own 22,050 by default. */
  readonly rateHz?: number;
  /** 0.5 to 2; 1 is the voice's own pace. */
  readonly speed?: number;
  /** Ends the speech without an error. */
  readonly signal?: AbortSignal;
}

/** Speaks piece by piece, each as soon as it is made, which is faster than it is heard. */
export async function* speak(
  client: EngineClient,
  text: string,
  { rateHz = speakingRateHz, speed = 1, signal }: SpeakingOptions = {},
): AsyncGenerator<SpokenPiece, void, undefined> {
  let startMs = 0;
  let unsounded = '';
  for (const part of piecesOf(text)) {
    const made: Int16Array[] = [];
    const audio = client.synthesize(part, { speed, ...(signal && { signal }) });
    for await (const chunk of audio) made.push(chunk);
    if (signal?.aborted) return;
    const voiced = joined(made);
    unsounded += part;
    if (voiced.length === 0) continue;
    const piece = unsounded;
    unsounded = '';
    const endMs = startMs + (voiced.length / speakingRateHz) * 1000;
    yield {
      pcm: rateHz === speakingRateHz ? voiced : atRate(voiced, speakingRate(rateHz)),
      rateHz,
      text: piece,
      startMs,
      endMs,
      words: timed(piece, startMs, endMs),
    };
    startMs = endMs;
  }
}

function piecesOf(text: string): string[] {
  const cutter = new PieceCutter();
  return [...cutter.push(text), ...cutter.flush()];
}

function speakingRate(toHz: number) {
  return { fromHz: speakingRateHz, toHz };
}

/** The voice tells no times; within a piece of a few seconds they go by the letters well enough. */
function timed(text: string, startMs: number, endMs: number): SpokenWord[] {
  const words = text.match(/\s*\S+\s*/gu) ?? [];
  const msPerLetter = (endMs - startMs) / text.length;
  let at = startMs;
  return words.map((word) => {
    const from = at;
    at += word.length * msPerLetter;
    return { text: word, startMs: from, endMs: at };
  });
}
