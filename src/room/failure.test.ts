import { ConnectionError, DisconnectReason } from 'livekit-client';
import { describe, expect, it } from 'vitest';
import { problemOfConnecting, problemOfDisconnect } from './failure.ts';

const token = 'eyJhbGciOiJIUzI1NiJ9.eyJ2aWRlbyI6e30sImV4cCI6MX0.cZeXpl3SgnatureXexpX0123456789';

describe('the problem of joining a room', () => {
  it.each([
    ['token_invalid', ConnectionError.notAllowed(`invalid token: ${token}, error: signature`, 401)],
    ['token_invalid', ConnectionError.notAllowed('permission denied', 403)],
    ['token_expired', ConnectionError.notAllowed('validation failed, token is expired (exp)', 401)],
    ['room_closed', ConnectionError.notAllowed('requested room does not exist', 404)],
    ['server_unreachable', ConnectionError.serverUnreachable('Failed to fetch')],
    ['server_unreachable', ConnectionError.timeout('room connection has timed out (signal)')],
    ['server_unreachable', ConnectionError.websocket('closed')],
    ['server_unreachable', ConnectionError.serviceNotFound('not found', 'v0-rtc')],
    ['room_closed', ConnectionError.leaveRequest('left', DisconnectReason.ROOM_DELETED)],
    ['unknown', ConnectionError.internal('could not establish pc connection')],
    ['unknown', new Error('boom')],
    ['unknown', 'boom'],
  ])('is %s', (code, error) => {
    expect(problemOfConnecting(error).code).toBe(code);
  });

  it('says the cause and never the token', () => {
    const { detail } = problemOfConnecting(
      ConnectionError.notAllowed(`invalid token: ${token}, error: signature`, 401),
    );
    expect(detail).toBe('invalid token: (token), error: signature');
  });
});

describe('the problem of a call that ended', () => {
  it.each([
    [DisconnectReason.CLIENT_INITIATED, undefined],
    [DisconnectReason.DUPLICATE_IDENTITY, 'duplicate_identity'],
    [DisconnectReason.PARTICIPANT_REMOVED, 'removed_from_room'],
    [DisconnectReason.ROOM_DELETED, 'room_closed'],
    [DisconnectReason.ROOM_CLOSED, 'room_closed'],
    [DisconnectReason.SERVER_SHUTDOWN, 'connection_lost'],
    [DisconnectReason.SIGNAL_CLOSE, 'connection_lost'],
    [DisconnectReason.UNKNOWN_REASON, 'connection_lost'],
    [undefined, 'connection_lost'],
  ])('of reason %s is %s', (reason, code) => {
    expect(problemOfDisconnect(reason)?.code).toBe(code);
  });
});
