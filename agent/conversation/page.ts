import { RpcError, type Room } from '@livekit/rtc-node';
import { approvalTimeoutMs } from '#protocol/approval.ts';
import {
  pageRequest,
  pageResponse,
  type PageRequest,
  type PageResponse,
} from '#protocol/page-tools.ts';
import { pageMethod } from '#protocol/topics.ts';
import type { Page } from '../skills/page-asking.ts';
import { askPage } from './ask-page.ts';

/** Beyond the time for an answer, in ms: the browser's own question, and finding the place. */
const doingMs = 30_000;

const question = {
  method: pageMethod,
  request: pageRequest,
  response: pageResponse,
  timeoutMs: approvalTimeoutMs + doingMs,
};

/** Asks the page of one participant, and nobody else's. */
export class PageOfPerson implements Page {
  readonly #room: Room;
  readonly #identity: string;

  constructor(room: Room, identity: string) {
    this.#room = room;
    this.#identity = identity;
  }

  async ask(request: PageRequest, signal: AbortSignal): Promise<PageResponse> {
    signal.throwIfAborted();
    let release = (): void => undefined;
    const aborted = new Promise<never>((_, reject) => {
      const abort = (): void => reject(signal.reason as Error);
      signal.addEventListener('abort', abort, { once: true });
      release = () => signal.removeEventListener('abort', abort);
    });
    try {
      return await Promise.race([this.#call(request), aborted]);
    } finally {
      release();
    }
  }

  async #call(request: PageRequest): Promise<PageResponse> {
    try {
      return await askPage(this.#room, this.#identity, question, request);
    } catch (error) {
      const late = error instanceof RpcError && error.code === RpcError.ErrorCode.RESPONSE_TIMEOUT;
      return { outcome: 'not_done', why: late ? 'no' : 'unavailable' };
    }
  }
}
