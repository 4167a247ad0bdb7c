import { affine, rectify } from './affine.ts';
import { frameSamples } from './frame.ts';
import type { SpeechModel } from './model.ts';
import type { SileroParameters } from './parameters.ts';
import { Spectrum, binCount } from './spectrum.ts';

const contextSamples = 64;
const hop = 128;
const moments = 4;
const width1 = 128;
const width2 = 64;
const units = 128;

/**
 * Silero VAD v6.2, one stream: the same answer as the ONNX model of the package @ricky0123/vad-web, without its runtime
 * (source: https://github.com/snakers4/silero-vad). Each frame is heard with the 64 samples before it; four windows of
 * 256 samples give spectra, four convolutions bring them down to 128 numbers, and an LSTM remembers what came before.
 */
export class Silero implements SpeechModel {
  readonly #parameters: SileroParameters;
  readonly #spectrum = new Spectrum();
  /** Context, frame, and the mirror of the frame's end, as the model pads it. */
  readonly #signal = new Float32Array(contextSamples + frameSamples + contextSamples);
  /** The moments of each layer's input lie one after the other, with a moment of silence on either side. */
  readonly #spectra = new Float32Array((moments + 2) * binCount);
  readonly #encoded1 = new Float32Array((moments + 2) * width1);
  readonly #encoded2 = new Float32Array(2 * width2);
  readonly #encoded3 = new Float32Array(width2);
  /** The encoder's output, then the LSTM's hidden state: together they are the LSTM's input. */
  readonly #remembered = new Float32Array(2 * units);
  readonly #cell = new Float32Array(units);
  readonly #gates = new Float32Array(4 * units);
  readonly #exposed = new Float32Array(units);
  readonly #answer = new Float32Array(1);

  constructor(parameters: SileroParameters) {
    this.#parameters = parameters;
  }

  /** Forgets all that was heard. */
  reset(): void {
    this.#signal.fill(0);
    this.#remembered.fill(0);
    this.#cell.fill(0);
  }

  /** The probability that the next 512 samples (16 kHz, [-1, 1]) are speech. Throws a `RangeError` for another count. */
  probability(frame: Float32Array): number {
    if (frame.length !== frameSamples) {
      throw new RangeError(`A frame has ${frameSamples} samples, this one ${frame.length}.`);
    }
    this.#takeIn(frame);
    this.#encode();
    this.#remember();
    const { decoder } = this.#parameters;
    this.#exposed.set(this.#remembered.subarray(units));
    rectify(this.#exposed, 0, units);
    affine(decoder, this.#exposed, 0, this.#answer, 0);
    return sigmoid(this.#answer[0]!);
  }

  #takeIn(frame: Float32Array): void {
    const signal = this.#signal;
    const end = contextSamples + frameSamples;
    signal.copyWithin(0, frameSamples, end);
    signal.set(frame, contextSamples);
    for (let i = 0; i < contextSamples; i += 1) signal[end + i] = signal[end - 2 - i]!;
    for (let moment = 0; moment < moments; moment += 1) {
      this.#spectrum.magnitudes(signal, moment * hop, this.#spectra, (moment + 1) * binCount);
    }
  }

  #encode(): void {
    const { encoder1, encoder2, encoder3, encoder4 } = this.#parameters;
    for (let moment = 0; moment < moments; moment += 1) {
      affine(encoder1, this.#spectra, moment * binCount, this.#encoded1, (moment + 1) * width1);
    }
    rectify(this.#encoded1, width1, moments * width1);
    for (let moment = 0; moment < 2; moment += 1) {
      affine(encoder2, this.#encoded1, 2 * moment * width1, this.#encoded2, moment * width2);
    }
    rectify(this.#encoded2, 0, 2 * width2);
    affine(encoder3, this.#encoded2, 0, this.#encoded3, 0);
    rectify(this.#encoded3, 0, width2);
    affine(encoder4, this.#encoded3, 0, this.#remembered, 0);
    rectify(this.#remembered, 0, units);
  }

  #remember(): void {
    const gates = this.#gates;
    affine(this.#parameters.lstm, this.#remembered, 0, gates, 0);
    for (let unit = 0; unit < units; unit += 1) {
      const input = sigmoid(gates[unit]!);
      const forget = sigmoid(gates[units + unit]!);
      const candidate = Math.tanh(gates[2 * units + unit]!);
      const output = sigmoid(gates[3 * units + unit]!);
      const cell = forget * this.#cell[unit]! + input * candidate;
      this.#cell[unit] = cell;
      this.#remembered[units + unit] = output * Math.tanh(cell);
    }
  }
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
