import { RpcError, type Room } from 'livekit-client';
import { approvalRequest, approvalResponse, approvalTimeoutMs } from '#protocol/approval.ts';
import { decode, encode } from '#protocol/codec.ts';
import { refusal } from '#protocol/refusal.ts';
import { approveMethod } from '#protocol/topics.ts';
import type { ApprovalQueue } from './queue.ts';

/** The answer has to be back before the one who asked stops waiting for it, in ms. */
const wayBackMs = 1000;

/** Takes the assistant's questions in a room, and nobody else's. Returns the release. */
export function answerApprovals(
  room: Room,
  isAssistant: (identity: string) => boolean,
  queue: ApprovalQueue,
): () => void {
  room.registerRpcMethod(approveMethod, async ({ callerIdentity, payload, responseTimeout }) => {
    if (!isAssistant(callerIdentity)) {
      throw new RpcError(refusal.stranger, 'Only the assistant may ask this.');
    }
    const request = decode(approvalRequest, payload);
    if (!request.ok) throw new RpcError(refusal.malformed, request.reason);
    const timeoutMs = Math.min(approvalTimeoutMs, responseTimeout - wayBackMs);
    const answer = await queue.ask({ kind: 'tool', ...request.value }, timeoutMs);
    return encode(approvalResponse, { answer });
  });
  return () => {
    room.unregisterRpcMethod(approveMethod);
    queue.clear();
  };
}
