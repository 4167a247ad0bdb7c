import { ConnectionError, ConnectionErrorReason, DisconnectReason } from 'livekit-client';
import { plainDetail } from '#protocol/detail.ts';
import type { ProblemCode } from '#protocol/problems.ts';
import type { Problem } from '../conversation/state.ts';

/** Why joining a room failed, in the page's words. */
export function problemOfConnecting(error: unknown): Problem {
  const detail = plainDetail(error);
  if (!(error instanceof ConnectionError)) return { code: 'unknown', detail };
  return { code: codeOfConnectionError(error as ConnectionError, detail), detail };
}

function codeOfConnectionError(error: ConnectionError, detail: string): ProblemCode {
  switch (error.reason) {
    case ConnectionErrorReason.NotAllowed:
      // The server refuses with 401 whatever is wrong with a token, and says which only in words.
      if (error.status === 404) return 'room_closed';
      return /expired|\bexp\b/i.test(detail) ? 'token_expired' : 'token_invalid';
    case ConnectionErrorReason.ServerUnreachable:
    case ConnectionErrorReason.Timeout:
    case ConnectionErrorReason.WebSocket:
    case ConnectionErrorReason.ServiceNotFound:
      return 'server_unreachable';
    case ConnectionErrorReason.LeaveRequest:
      return 'room_closed';
    case ConnectionErrorReason.InternalError:
    case ConnectionErrorReason.Cancelled:
      return 'unknown';
  }
}

/** Why a call ended by itself; undefined if this page ended it. */
export function problemOfDisconnect(reason: DisconnectReason | undefined): Problem | undefined {
  const code = codeOfLeaving(reason);
  if (code === undefined) return undefined;
  return reason === undefined ? { code } : { code, detail: DisconnectReason[reason] };
}

function codeOfLeaving(reason: DisconnectReason | undefined): ProblemCode | undefined {
  switch (reason) {
    case DisconnectReason.CLIENT_INITIATED:
      return undefined;
    case DisconnectReason.DUPLICATE_IDENTITY:
      return 'duplicate_identity';
    case DisconnectReason.PARTICIPANT_REMOVED:
    case DisconnectReason.USER_REJECTED:
      return 'removed_from_room';
    case DisconnectReason.ROOM_DELETED:
    case DisconnectReason.ROOM_CLOSED:
      return 'room_closed';
    default:
      return 'connection_lost';
  }
}
