import { beginsWav, formatBytes, readFormat, type WavFormat } from './format.ts';
import { joined } from './joined.ts';
import { WavProblem } from './problem.ts';
import { SampleDecoder } from './samples.ts';

/** How the parts of a file are headed: in RIFF and RF64 by 8 bytes, in Sony's Wave64 by 24, which count themselves. */
interface Layout {
  readonly headBytes: number;
  readonly idBytes: number;
  readonly alignment: number;
  readonly countsHead: boolean;
}
const riff: Layout = { headBytes: 8, idBytes: 4, alignment: 2, countsHead: false };
const wave64: Layout = { headBytes: 24, idBytes: 16, alignment: 8, countsHead: true };

/** What 32 bits say where the size is not known yet or does not fit. */
const unknownSize = 0xffff_ffff;

type Place =
  | { readonly at: 'beginning' }
  | { readonly at: 'heading' }
  | {
      readonly at: 'kept';
      readonly id: 'fmt ' | 'ds64';
      readonly bytes: number;
      readonly skip: number;
    }
  | { readonly at: 'skipped'; left: number }
  | { readonly at: 'samples'; left: number }
  | { readonly at: 'end' };

/**
 * Reads a WAV file from its bytes as they come, in pieces of any size, and holds no more than a heading of it. Knows RIFF,
 * RF64/BW64 and Wave64; PCM of 8 to 32 bits, float of 32 and 64, A-law and mu-law; any number of channels.
 * Chunks that it does not need are passed over. Sources: EBU Tech 3306 for RF64, Sony's description of Wave64.
 */
export class WavReader {
  #layout = riff;
  #place: Place = { at: 'beginning' };
  #pending = new Uint8Array();
  #outerSize = 0;
  #longDataBytes: number | undefined;
  #format: WavFormat | undefined;
  #decoder: SampleDecoder | undefined;
  #declaredBytes = Infinity;

  /** Known as soon as the samples begin. */
  get format(): WavFormat | undefined {
    return this.#format;
  }

  /** How long the file says it is, in ms; undefined while it has not said, or where it does not know. */
  get declaredMs(): number | undefined {
    if (!this.#format || !Number.isFinite(this.#declaredBytes)) return undefined;
    const { channels, bytesPerSample, rateHz } = this.#format;
    return (1000 * this.#declaredBytes) / (channels * bytesPerSample * rateHz);
  }

  /** Takes the next bytes and returns the mono samples in them, [-1, 1]. Throws a `WavProblem`. */
  feed(bytes: Uint8Array): Float32Array {
    let rest = bytes;
    if (this.#pending.length > 0) {
      rest = new Uint8Array(this.#pending.length + bytes.length);
      rest.set(this.#pending);
      rest.set(bytes, this.#pending.length);
    }
    const found: Float32Array[] = [];
    for (;;) {
      const used = this.#step(rest, found);
      if (used === undefined) break;
      rest = rest.subarray(used);
    }
    this.#pending = rest.slice();
    return joined(found);
  }

  /**
   * Says that no more bytes follow. Throws a `WavProblem` if there was no sound. Returns what is worth telling: that the
   * file is shorter than it says.
   */
  finish(): string | undefined {
    const place = this.#place;
    if (place.at === 'beginning') throw notWav();
    const decoded = this.#decoder?.position ?? 0;
    if (decoded > 0 && this.#format) {
      const heldMs = (1000 * decoded) / this.#format.rateHz;
      const declaredMs = this.declaredMs ?? 0;
      if (place.at !== 'samples' || declaredMs - heldMs < 1) return undefined;
      return `The file says that it is ${(declaredMs / 1000).toFixed(1)} s long, but ends after ${(heldMs / 1000).toFixed(1)} s.`;
    }
    if (this.#decoder) throw new WavProblem('empty', 'The file holds no sound.');
    throw new WavProblem('cut_short', 'The file ends before its sound begins.');
  }

  /** Does what it can with the bytes at hand; returns how many it used, or undefined if it needs more. */
  #step(bytes: Uint8Array, found: Float32Array[]): number | undefined {
    const place = this.#place;
    switch (place.at) {
      case 'beginning':
        return this.#begin(bytes);
      case 'heading':
        return bytes.length < this.#layout.headBytes ? undefined : this.#head(bytes);
      case 'kept': {
        if (bytes.length < place.bytes) return undefined;
        const kept = bytes.subarray(0, place.bytes);
        if (place.id === 'fmt ') this.#format = readFormat(kept);
        else this.#longDataBytes = readSize(kept, 8);
        this.#place = { at: 'skipped', left: place.skip };
        return place.bytes;
      }
      case 'skipped':
        return this.#pass(place, bytes);
      case 'samples':
        return this.#take(place, bytes, found);
      case 'end':
        return bytes.length === 0 ? undefined : bytes.length;
    }
  }

  #begin(bytes: Uint8Array): number | undefined {
    const id = text(bytes, 0, 4);
    if (bytes.length >= 4 && !beginsWav(id)) throw notWav();
    const long = id === 'riff';
    if (bytes.length < (long ? 40 : 12)) return undefined;
    if (text(bytes, long ? 24 : 8, 4).toUpperCase() !== 'WAVE') throw notWav();
    this.#layout = long ? wave64 : riff;
    this.#outerSize = long
      ? readSize(bytes, 16)
      : new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
    this.#place = { at: 'heading' };
    return long ? 40 : 12;
  }

  #head(bytes: Uint8Array): number {
    const { headBytes, idBytes, alignment, countsHead } = this.#layout;
    const id = text(bytes, 0, 4);
    const sizeField =
      idBytes === 4
        ? new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true)
        : readSize(bytes, idBytes);
    const size = countsHead ? Math.max(0, sizeField - headBytes) : sizeField;
    const padding = (alignment - (size % alignment)) % alignment;
    if (id === 'data') {
      this.#beginSamples(size);
    } else if (id === 'fmt ' || id === 'ds64') {
      const kept = Math.min(size, formatBytes);
      if (id === 'ds64' && kept < 16)
        throw new WavProblem('bad_header', 'Its table of long sizes is too short.');
      this.#place = { at: 'kept', id, bytes: kept, skip: size - kept + padding };
    } else {
      this.#place = { at: 'skipped', left: size + padding };
    }
    return headBytes;
  }

  #beginSamples(size: number): void {
    if (!this.#format) {
      throw new WavProblem(
        'bad_header',
        'The sound begins before it has been said what it is like.',
      );
    }
    // A program that writes to a pipe, or was ended before its time, has not come back to fill in the sizes.
    const unfinished = size === 0 && (this.#outerSize === 0 || this.#outerSize === unknownSize);
    const declared = size === unknownSize ? (this.#longDataBytes ?? Infinity) : size;
    this.#declaredBytes = unfinished ? Infinity : declared;
    this.#decoder ??= new SampleDecoder(this.#format);
    this.#place = { at: 'samples', left: this.#declaredBytes };
  }

  #pass(place: { left: number }, bytes: Uint8Array): number | undefined {
    if (place.left === 0) {
      this.#place = { at: 'heading' };
      return 0;
    }
    if (bytes.length === 0) return undefined;
    const passed = Math.min(place.left, bytes.length);
    place.left -= passed;
    return passed;
  }

  #take(place: { left: number }, bytes: Uint8Array, found: Float32Array[]): number | undefined {
    const { channels, bytesPerSample } = this.#format!;
    const blockBytes = channels * bytesPerSample;
    if (place.left < blockBytes) {
      // Whatever follows the sound is of no interest, and often not even well formed.
      this.#place = { at: 'end' };
      return 0;
    }
    const blocks = Math.floor(Math.min(place.left, bytes.length) / blockBytes);
    if (blocks === 0) return undefined;
    found.push(this.#decoder!.decode(bytes.subarray(0, blocks * blockBytes)));
    place.left -= blocks * blockBytes;
    return blocks * blockBytes;
  }
}

function notWav(): WavProblem {
  return new WavProblem('not_wav', 'This is not a WAV file.');
}

function text(bytes: Uint8Array, from: number, count: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + count));
}

/** 64 bits, little-endian; beyond 2^53 the last digits do not matter. */
function readSize(bytes: Uint8Array, at: number): number {
  return Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(at, true));
}
