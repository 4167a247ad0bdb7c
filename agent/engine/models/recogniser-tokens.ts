import { PreparationError } from './preparation-error.ts';

/**
 * The tokens of Moonshine's `tokenizer.bin`, as bytes: one token need not be whole UTF-8 by itself. Records lie back to
 * back, each its length and its bytes; a length of 128 and more takes a second byte, which counts 128s. Throws a
 * `PreparationError` when the last record is cut off.
 */
export function readTokenizer(file: Uint8Array): Uint8Array[] {
  const tokens: Uint8Array[] = [];
  let at = 0;
  const byte = (): number => {
    const value = file[at++];
    if (value === undefined) throw cutOff(tokens.length);
    return value;
  };
  while (at < file.byteLength) {
    const low = byte();
    const length = low < 128 ? low : byte() * 128 + low - 128;
    if (at + length > file.byteLength) throw cutOff(tokens.length);
    tokens.push(file.subarray(at, at + length));
    at += length;
  }
  return tokens;
}

/** The tokens in the form that sherpa-onnx reads: a line each, base64 of the bytes, a space, the number. */
export function recogniserTokensFile(tokens: readonly Uint8Array[]): string {
  return tokens.map((token, id) => `${Buffer.from(token).toString('base64')} ${id}\n`).join('');
}

function cutOff(tokenCount: number): PreparationError {
  return new PreparationError(
    'unexpected_content',
    'The vocabulary of the speech recognition model is cut off: start again to fetch it anew.',
    `tokenizer.bin ends within token ${tokenCount}.`,
  );
}
