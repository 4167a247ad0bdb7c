const headerBytes = 44;
/** What the header's 32-bit sizes leave for sound. */
const mostBytes = 0xffff_ffff - headerBytes;
/** Samples are handed to the browser's blob storage in pieces of this, so that none of it stays in memory. */
const pieceSamples = 1 << 18;

/** Writes a WAV file of 16 bits, piece by piece. Throws a `RangeError` beyond 4 GB, which is as long as one can be. */
export class WavWriter {
  readonly #rateHz: number;
  readonly #channels: number;
  readonly #pieces: Blob[] = [];
  #piece = new Int16Array(pieceSamples);
  #filled = 0;
  #bytes = 0;

  constructor(rateHz: number, channels: number) {
    this.#rateHz = rateHz;
    this.#channels = channels;
  }

  /** Adds the frames from `from` up to `to`; one array for each channel, in [-1, 1], louder is clipped. */
  write(channels: readonly Float32Array[], from: number, to: number): void {
    for (let frame = from; frame < to; frame += 1) {
      for (let channel = 0; channel < this.#channels; channel += 1) {
        this.#push(channels[channel]?.[frame] ?? 0);
      }
    }
  }

  finish(): Blob {
    this.#store();
    return new Blob([this.#header(), ...this.#pieces], { type: 'audio/wav' });
  }

  #push(sample: number): void {
    // All systems that browsers run on write the lower byte first, as WAV does.
    this.#piece[this.#filled] = Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768)));
    this.#filled += 1;
    if (this.#filled === pieceSamples) this.#store();
  }

  #store(): void {
    this.#bytes += 2 * this.#filled;
    if (this.#bytes > mostBytes) throw new RangeError('A WAV file cannot be longer than 4 GB.');
    if (this.#filled > 0) this.#pieces.push(new Blob([this.#piece.subarray(0, this.#filled)]));
    this.#filled = 0;
  }

  #header(): ArrayBuffer {
    const view = new DataView(new ArrayBuffer(headerBytes));
    const frameBytes = 2 * this.#channels;
    const name = (at: number, text: string): void => {
      for (let i = 0; i < text.length; i += 1) view.setUint8(at + i, text.charCodeAt(i));
    };
    name(0, 'RIFF');
    view.setUint32(4, headerBytes - 8 + this.#bytes, true);
    name(8, 'WAVEfmt ');
    view.setUint32(16, 16, true);
    view.setUint16(20, 1, true);
    view.setUint16(22, this.#channels, true);
    view.setUint32(24, this.#rateHz, true);
    view.setUint32(28, this.#rateHz * frameBytes, true);
    view.setUint16(32, frameBytes, true);
    view.setUint16(34, 16, true);
    name(36, 'data');
    view.setUint32(40, this.#bytes, true);
    return view.buffer;
  }
}
