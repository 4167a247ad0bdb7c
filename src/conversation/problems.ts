import { plainDetail } from '#protocol/detail.ts';
import { problemKinds, type ProblemCode } from '#protocol/problems.ts';
import type { Problem } from './state.ts';

/** All that can be wrong with the microphone; it has one thing wrong at a time. */
export const microphoneProblems = [
  'microphone_denied',
  'microphone_missing',
  'microphone_busy',
  'microphone_insecure',
  'microphone_ended',
  'microphone_unpublished',
] as const satisfies ProblemCode[];

/** All that can keep a call from coming about or end it. */
export const connectionProblems = [
  'token_invalid',
  'token_expired',
  'token_malformed',
  'token_refused',
  'server_url_invalid',
  'server_unreachable',
  'connection_lost',
  'removed_from_room',
  'duplicate_identity',
  'room_closed',
  'room_full',
  'rate_limited',
  'unknown',
] as const satisfies ProblemCode[];

/**
 * Adds a problem, or puts its newer cause in its place. The same list if nothing is new. Whoever found it, what a library
 * said of it is shown in one plain line and without tokens.
 */
export function withProblem(problems: readonly Problem[], found: Problem): readonly Problem[] {
  const problem =
    found.detail === undefined ? found : { ...found, detail: plainDetail(found.detail) };
  const place = problems.findIndex(({ code }) => code === problem.code);
  if (place < 0) return [...problems, problem];
  return problems[place]?.detail === problem.detail ? problems : problems.with(place, problem);
}

/** The same list if none of these problems is in it. */
export function withoutProblems(
  problems: readonly Problem[],
  codes: readonly ProblemCode[],
): readonly Problem[] {
  const rest = problems.filter(({ code }) => !codes.includes(code));
  return rest.length === problems.length ? problems : rest;
}

/** That nothing more is kept outlasts the call in which it was found out. */
export function lastingProblems(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ code }) => problemKinds[code].cause === 'storage');
}

/** Why this browser keeps nothing, from what its database said. */
export function problemOfStorage(reason: string): Problem {
  const full = /quota|disk is full|full disk|no space/i.test(reason);
  return { code: full ? 'storage_full' : 'storage_unavailable', detail: reason };
}
