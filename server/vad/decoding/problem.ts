/**
 * Why a recording could not be turned into samples: `format` is none that is read, `damaged` cannot be decoded, `decoder`
 * is missing on this machine.
 */
export type DecodingProblemKind = 'format' | 'damaged' | 'decoder';

/** The message can be shown to a person as it is. */
export class DecodingProblem extends Error {
  override readonly name = 'DecodingProblem';
  readonly kind: DecodingProblemKind;

  constructor(kind: DecodingProblemKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
