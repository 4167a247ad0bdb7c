import { RpcError } from 'livekit-client';
import { approvalTimeoutMs } from '#protocol/approval.ts';
import { decode, encode } from '#protocol/codec.ts';
import {
  pageRequest,
  pageResponse,
  type Card,
  type PageAction,
  type PageRequest,
  type PageResponse,
} from '#protocol/page-tools.ts';
import { refusal } from '#protocol/refusal.ts';
import { TokenBucket } from '#protocol/token-bucket.ts';
import { scopeOf, type Answer, type Question } from '../approval/question.ts';

/** More than a talk ever needs, and few enough that nobody is drowned in questions. */
const callsAtOnce = 6;
const callsPerSecond = 0.2;

export interface PageToolsHost {
  ask(question: Question, timeoutMs: number): Promise<Answer>;
  /** The tools that the person has switched off. */
  off(): readonly string[];
  /** Puts a card beside the tool's call in the transcript. */
  show(callId: string, card: Card): void;
}

type Performed = Promise<PageResponse> | PageResponse;

/** Carries out what was allowed; which part of the page does so comes from outside, so that it can be tried without one. */
type Perform = (action: PageAction) => Performed;

/** What the assistant may do in this page for as long as it stays: asked about each time, or allowed until it leaves. */
export class PageTools {
  readonly #host: PageToolsHost;
  readonly #perform: Perform;
  readonly #granted = new Set<string>();
  readonly #calls: TokenBucket;

  constructor(
    host: PageToolsHost,
    perform: Perform = performInBrowser,
    calls = new TokenBucket(callsAtOnce, callsPerSecond),
  ) {
    this.#host = host;
    this.#perform = perform;
    this.#calls = calls;
  }

  /** Answers one call. Rejects with an `RpcError` if it cannot be read. */
  async answer(payload: string): Promise<string> {
    const request = decode(pageRequest, payload);
    if (!request.ok) throw new RpcError(refusal.malformed, request.reason);
    return encode(pageResponse, await this.#respond(request.value));
  }

  async #respond(request: PageRequest): Promise<PageResponse> {
    const { action, callId } = request;
    if (!this.#calls.take()) return { outcome: 'not_done', why: 'too_many' };
    if (this.#isOff(action)) return { outcome: 'not_done', why: 'off' };
    const question: Question = { kind: 'page', ...request };
    const scope = scopeOf(question);
    if (scope === undefined || !this.#granted.has(scope)) {
      const answer = await this.#host.ask(question, approvalTimeoutMs);
      if (answer === 'no') return { outcome: 'not_done', why: 'no' };
      // It may have been switched off while the question stood.
      if (this.#isOff(action)) return { outcome: 'not_done', why: 'off' };
      if (answer === 'conversation' && scope !== undefined) this.#granted.add(scope);
    }
    if ('card' in action) {
      this.#host.show(callId, action.card);
      return { outcome: 'done' };
    }
    return this.#perform(action);
  }

  #isOff({ tool }: PageAction): boolean {
    return this.#host.off().includes(tool);
  }
}

async function performInBrowser(action: PageAction): Promise<PageResponse> {
  const { performInPage } = await import('./perform.ts');
  return performInPage(action);
}
