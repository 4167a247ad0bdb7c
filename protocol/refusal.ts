/** Codes of the errors with which page and agent refuse each other's calls (RPC); LiveKit keeps 1001 to 1999 for itself. */
export const refusal = {
  malformed: 4400,
  /** Whoever calls has no business to. */
  stranger: 4403,
  /** It cannot be done now; the message says why, in words for a person. */
  impossible: 4409,
  tooMany: 4429,
} as const;
