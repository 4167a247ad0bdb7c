import type { WavFormat } from './format.ts';
import { WavProblem } from './problem.ts';

/** Beyond this, in full levels, a sample is a mistake and no sound. */
const loudest = 100;

type ReadSample = (view: DataView, at: number) => number;

/** Reads one sample of a channel, as a share of full level. */
function sampleReader({ encoding, bytesPerSample }: WavFormat): ReadSample {
  if (encoding === 'float') {
    return bytesPerSample === 8
      ? (view, at) => view.getFloat64(at, true)
      : (view, at) => view.getFloat32(at, true);
  }
  if (encoding !== 'integer') {
    const table = encoding === 'a-law' ? aLaw() : muLaw();
    return (view, at) => table[view.getUint8(at)]!;
  }
  switch (bytesPerSample) {
    case 1:
      return (view, at) => (view.getUint8(at) - 128) / 128;
    case 2:
      return (view, at) => view.getInt16(at, true) / 32_768;
    case 3:
      return (view, at) => ((view.getInt16(at + 1, true) << 8) | view.getUint8(at)) / 8_388_608;
    default:
      return (view, at) => view.getInt32(at, true) / 2_147_483_648;
  }
}

/** Turns whole blocks into mono samples, the mean of the channels. */
export class SampleDecoder {
  readonly #format: WavFormat;
  readonly #read: ReadSample;
  #position = 0;

  constructor(format: WavFormat) {
    this.#format = format;
    this.#read = sampleReader(format);
  }

  /** How many samples of each channel have been decoded. */
  get position(): number {
    return this.#position;
  }

  /** Throws a `WavProblem` for a sample that is no number or far too loud. */
  decode(bytes: Uint8Array): Float32Array {
    const { channels, bytesPerSample } = this.#format;
    const blockBytes = channels * bytesPerSample;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const read = this.#read;
    const mono = new Float32Array(bytes.length / blockBytes);
    for (let i = 0; i < mono.length; i += 1) {
      let sum = 0;
      const block = i * blockBytes;
      for (let channel = 0; channel < channels; channel += 1) {
        sum += read(view, block + channel * bytesPerSample);
      }
      const sample = sum / channels;
      if (!(Math.abs(sample) <= loudest)) throw this.#badSample(i, sample);
      mono[i] = sample;
    }
    this.#position += mono.length;
    return mono;
  }

  #badSample(index: number, sample: number): WavProblem {
    const atS = ((this.#position + index) / this.#format.rateHz).toFixed(3);
    const what = Number.isNaN(sample) ? 'is no number' : 'is far beyond full level';
    return new WavProblem('bad_samples', `The sample at ${atS} s ${what}.`);
  }
}

/** ITU-T G.711, the way that Europe packs 13 bits into 8. */
function aLaw(): Float32Array {
  return Float32Array.from({ length: 256 }, (_, code) => {
    const flipped = code ^ 0x55;
    const exponent = (flipped >> 4) & 7;
    const step = ((flipped & 15) << 4) + 8;
    const size = exponent === 0 ? step : (step + 256) << (exponent - 1);
    return (flipped & 128 ? size : -size) / 32_768;
  });
}

/** ITU-T G.711, the way that America and Japan pack 14 bits into 8. */
function muLaw(): Float32Array {
  return Float32Array.from({ length: 256 }, (_, code) => {
    const flipped = ~code & 0xff;
    const size = ((((flipped & 15) << 3) + 132) << ((flipped >> 4) & 7)) - 132;
    return (flipped & 128 ? -size : size) / 32_768;
  });
}
