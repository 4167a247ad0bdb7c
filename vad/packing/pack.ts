import {
  shapeOf,
  type Layer,
  type LayerName,
  type SileroParameters,
} from '../silero/parameters.ts';
import { floatConstants, type Tensor } from './onnx.ts';

/** The model that the weights are taken from; its file lies in the package @ricky0123/vad-web. */
export const modelModule = '@ricky0123/vad-web/dist/silero_vad_v6.onnx';

/** In the model file the net for 16 kHz stands in the first branch of a choice by sample rate. */
const prefix = 'If_0_then_branch__Inline_0__';

/** Where each layer's weights lie, and which taps of its convolution ever meet a signal. */
const convolutions: Readonly<
  Record<Exclude<LayerName, 'lstm' | 'decoder'>, { stem: string; taps: readonly number[] }>
> = {
  encoder1: { stem: 'encoder.0.reparam_conv', taps: [0, 1, 2] },
  encoder2: { stem: 'encoder.1.reparam_conv', taps: [0, 1, 2] },
  encoder3: { stem: 'encoder.2.reparam_conv', taps: [1, 2] },
  encoder4: { stem: 'encoder.3.reparam_conv', taps: [1] },
};

/** Takes the parameters of the 16 kHz net out of Silero's ONNX file. Throws an `Error` if one is not there. */
export function extractParameters(onnx: Uint8Array): SileroParameters {
  const constants = floatConstants(onnx);
  const constant: Lookup = (name) => {
    const found = constants.get(`${prefix}${name}`);
    if (!found) throw new Error(`The model has no ${name}: is it Silero VAD 6.2?`);
    return found;
  };
  const layer = (name: LayerName, weights: number[], biases: Iterable<number>): Layer => {
    const { rows, columns } = shapeOf(name);
    if (weights.length !== rows * columns) {
      throw new Error(`The model has ${weights.length} weights in ${name}: is it Silero VAD 6.2?`);
    }
    return {
      rows,
      columns,
      weights: Float32Array.from(weights),
      biases: Float32Array.from(biases),
    };
  };
  const convolution = (name: keyof typeof convolutions): Layer => {
    const { stem, taps } = convolutions[name];
    const weights = tapByTap(constant(`${stem}.weight`), taps);
    return layer(name, weights, constant(`${stem}.bias`).values);
  };
  return {
    encoder1: convolution('encoder1'),
    encoder2: convolution('encoder2'),
    encoder3: convolution('encoder3'),
    encoder4: convolution('encoder4'),
    lstm: layer('lstm', recurrentWeights(constant), recurrentBiases(constant)),
    decoder: layer(
      'decoder',
      [...constant('decoder.decoder.2.weight').values],
      constant('decoder.decoder.2.bias').values,
    ),
  };
}

type Lookup = (name: string) => Tensor;

/** From (out, in, tap) to rows of one moment after the other, as the moments of the input lie. */
function tapByTap({ shape, values }: Tensor, taps: readonly number[]): number[] {
  const [rows = 0, channels = 0, width = 0] = shape;
  const packed: number[] = [];
  for (let row = 0; row < rows; row += 1) {
    for (const tap of taps) {
      for (let channel = 0; channel < channels; channel += 1) {
        packed.push(values[(row * channels + channel) * width + tap] ?? Number.NaN);
      }
    }
  }
  return packed;
}

function recurrentWeights(constant: Lookup): number[] {
  const input = constant('decoder.rnn.weight_ih');
  const hidden = constant('decoder.rnn.weight_hh').values;
  const [rows = 0, width = 0] = input.shape;
  const weights: number[] = [];
  for (let row = 0; row < rows; row += 1) {
    weights.push(...input.values.subarray(row * width, (row + 1) * width));
    weights.push(...hidden.subarray(row * width, (row + 1) * width));
  }
  return weights;
}

function recurrentBiases(constant: Lookup): Float32Array {
  const ofHidden = constant('decoder.rnn.bias_hh').values;
  return constant('decoder.rnn.bias_ih').values.map(
    (bias, row) => bias + (ofHidden[row] ?? Number.NaN),
  );
}
