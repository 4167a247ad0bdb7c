import { PreparationError } from './preparation-error.ts';

const vectorLength = 8;
/** The decoder is meant to be given an attention mask as long as the audio, of which it takes every 384th element. */
const shippedStep = 384n;
const neededStep = 1n;
const expectedMatches = 2;

/**
 * Moonshine's decoder as sherpa-onnx needs it. sherpa-onnx 1.13.8 passes an attention mask of the encoder's length, one
 * element a frame, so the step by which the graph thins the mask must be 1; as shipped, every decode fails and gives no
 * text. The step stands in the file twice, each as a byte vector of length 8 that holds one little-endian 64-bit integer.
 * Returns a changed copy. Throws a `PreparationError` unless there are exactly two such places.
 */
export function withMaskStepOfOne(decoder: Uint8Array): Uint8Array {
  const shipped = Buffer.alloc(4 + vectorLength);
  shipped.writeUInt32LE(vectorLength, 0);
  shipped.writeBigInt64LE(shippedStep, 4);

  const patched = Buffer.from(decoder);
  const places: number[] = [];
  for (let at = patched.indexOf(shipped); at >= 0; at = patched.indexOf(shipped, at + 1)) {
    places.push(at);
  }
  if (places.length !== expectedMatches) {
    throw new PreparationError(
      'unexpected_content',
      'The speech recognition model is not the one that this version of Parley knows: update Parley.',
      `Found the mask step ${places.length} times, expected ${expectedMatches}.`,
    );
  }
  for (const place of places) patched.writeBigInt64LE(neededStep, place + 4);
  return patched;
}
