/** What a program that calls this one can go by. */
export const exitCodes = {
  /** Every file was read. */
  done: 0,
  /** Some were not; the others were. */
  someFailed: 1,
  /** It was called in a way that makes no sense. */
  usage: 2,
  /** Stopped by Ctrl-C. */
  interrupted: 130,
  /** Nobody reads the results any more, as when `head` has its lines. */
  unread: 141,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
