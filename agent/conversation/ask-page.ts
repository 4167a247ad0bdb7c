import type { Room } from '@livekit/rtc-node';
import { decode, encode, type MessageKind } from '#protocol/codec.ts';

/** Something that the page is asked by a call of a method (RPC). */
export interface PageQuestion<Request, Response> {
  readonly method: string;
  readonly request: MessageKind<Request>;
  readonly response: MessageKind<Response>;
  /** How long an answer is waited for, in ms. */
  readonly timeoutMs: number;
}

/** Asks the page of one participant. Rejects where no answer comes in time, or none that can be read. */
export async function askPage<Request, Response>(
  room: Room,
  identity: string,
  question: PageQuestion<Request, Response>,
  asked: Request,
): Promise<Response> {
  const payload = await room.localParticipant?.performRpc({
    destinationIdentity: identity,
    method: question.method,
    payload: encode(question.request, asked),
    responseTimeout: question.timeoutMs,
  });
  const answer = decode(question.response, payload ?? '');
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
}
