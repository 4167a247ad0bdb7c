import type { Room } from '@livekit/rtc-node';
import {
  approvalRequest,
  approvalResponse,
  approvalTimeoutMs,
  type ApprovalRequest,
  type ApprovalResponse,
} from '#protocol/approval.ts';
import { approveMethod } from '#protocol/topics.ts';
import { askPage } from './ask-page.ts';

const question = {
  method: approveMethod,
  request: approvalRequest,
  response: approvalResponse,
  timeoutMs: approvalTimeoutMs,
};

/** Asks the person in the page whether a tool may be run. */
export class Approvals {
  readonly #room: Room;
  readonly #identity: string;
  readonly #granted = new Set<string>();

  constructor(room: Room, identity: string) {
    this.#room = room;
    this.#identity = identity;
  }

  /** Never rejects: no answer, or one that cannot be read, is a no. */
  async ask(request: ApprovalRequest): Promise<ApprovalResponse['answer']> {
    try {
      return (await askPage(this.#room, this.#identity, question, request)).answer;
    } catch {
      return 'no';
    }
  }

  /** The same, where whoever asks does not remember what was allowed for the whole conversation. */
  async allows(request: ApprovalRequest): Promise<boolean> {
    const key = JSON.stringify([request.server, request.tool]);
    if (this.#granted.has(key)) return true;
    const answer = await this.ask(request);
    if (answer === 'conversation') this.#granted.add(key);
    return answer !== 'no';
  }
}
