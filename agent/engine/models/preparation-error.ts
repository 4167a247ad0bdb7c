export type PreparationProblem =
  | 'no_pip'
  | 'no_network'
  | 'not_offered'
  | 'disk_full'
  | 'not_writable'
  | 'damaged_download'
  | 'unexpected_content'
  | 'not_prepared';

/** The model files cannot be made ready. `message` is for a person: what is wrong, and what to do. */
export class PreparationError extends Error {
  override readonly name = 'PreparationError';
  readonly problem: PreparationProblem;
  /** The technical cause, for a log. */
  readonly detail: string | undefined;

  constructor(problem: PreparationProblem, message: string, detail?: string) {
    super(message);
    this.problem = problem;
    this.detail = detail;
  }
}

const refusals: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']);

/** Turns what the file system threw into words; anything else is given back as it is. */
export function explainFileError(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new PreparationError(
      'disk_full',
      `The disk is full: free some space for ${folder}, then start again.`,
    );
  }
  if (typeof code === 'string' && refusals.has(code)) {
    return new PreparationError(
      'not_writable',
      `The folder ${folder} cannot be written: allow it, or name another one in PARLEY_CACHE.`,
    );
  }
  return error;
}
