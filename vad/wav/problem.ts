/**
 * Why a recording cannot be read:
 * - `not_wav`: it does not begin as a WAV file does
 * - `cut_short`: it ends within its header
 * - `bad_header`: the header contradicts itself, or names a rate or a number of channels that cannot be
 * - `other_encoding`: a WAV file, but its sound is packed in a way that is not read here
 * - `bad_samples`: samples that are no numbers, or far beyond full level
 * - `empty`: it holds no sound
 */
export type WavProblemKind =
  'not_wav' | 'cut_short' | 'bad_header' | 'other_encoding' | 'bad_samples' | 'empty';

/** A recording that cannot be read; the message can be shown to a person as it is. */
export class WavProblem extends Error {
  override readonly name = 'WavProblem';
  readonly kind: WavProblemKind;

  constructor(kind: WavProblemKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
