import { ConnectionError, ConnectionErrorReason } from 'livekit-client';
import { requestIsFull } from '../connect/server.ts';
import type { Problem } from '../conversation/state.ts';
import { problemOfConnecting } from './failure.ts';

/**
 * Why joining a room failed, in the page's words. LiveKit says nothing of a room that is full, so this page's server is asked;
 * it knows only rooms of its own LiveKit.
 */
export async function problemOfJoining(
  error: unknown,
  token: string,
  signal: AbortSignal,
): Promise<Problem> {
  const problem = problemOfConnecting(error);
  if (!isWordless(error)) return problem;
  // Who has left meanwhile is told nothing of it.
  const full = await requestIsFull(token, signal).catch(() => undefined);
  return full?.ok && full.value ? { code: 'room_full' } : problem;
}

/** A server answers there, and refuses without a reason. */
function isWordless(error: unknown): boolean {
  if (!(error instanceof ConnectionError)) return false;
  const { WebSocket, InternalError } = ConnectionErrorReason;
  return error.reason === WebSocket || error.reason === InternalError;
}
