import {
  apiError,
  conversationAttribute,
  dispatchResponse,
  roomResponse,
  tokenResponse,
  type TokenRequest,
} from '#protocol/token.ts';
import type { ProblemCode } from '#protocol/problems.ts';
import type { Problem, RoomTarget } from '../conversation/state.ts';
import { hostPage } from './host-page.ts';

/** What this page's own server said: an answer, or what is wrong in the page's words. */
export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem };

const timeoutMs = 15_000;

/** Asks this page's server for a token; an empty request means a fresh room. Never throws, but for an abort. */
export async function requestToken(
  request: TokenRequest,
  signal: AbortSignal,
): Promise<Answer<RoomTarget>> {
  const body = JSON.stringify(named(request));
  const answer = await ask('POST', '/api/token', { body, signal });
  if (!answer.ok) return answer;
  const parsed = tokenResponse.safeParse(answer.value);
  if (!parsed.success) return refused('unknown', 'The token endpoint gave no token.');
  const { server_url: serverUrl, participant_token: token } = parsed.data;
  return { ok: true, value: { serverUrl, token } };
}

/** With an id, by which this stay can be found again in the logs of server and agent. */
function named(request: TokenRequest): TokenRequest {
  // Where the page came over plain HTTP from another machine, browsers make no ids; nor is there a microphone.
  if (!globalThis.isSecureContext) return request;
  const own = { [conversationAttribute]: crypto.randomUUID() };
  return { ...request, participant_attributes: { ...request.participant_attributes, ...own } };
}

/** Asks for an assistant in the room of this token: true if one was sent for, false if one is there already. */
export async function requestDispatch(
  token: string,
  signal: AbortSignal,
): Promise<Answer<boolean>> {
  const answer = await ask('POST', '/api/dispatch', { bearer: token, signal });
  if (!answer.ok) return answer;
  const parsed = dispatchResponse.safeParse(answer.value);
  if (!parsed.success) return refused('unknown', 'The dispatch endpoint gave no answer.');
  return { ok: true, value: parsed.data.dispatched };
}

/** Asks whether the room of this token is full. */
export async function requestIsFull(token: string, signal: AbortSignal): Promise<Answer<boolean>> {
  const answer = await ask('GET', '/api/room', { bearer: token, signal });
  if (!answer.ok) return answer;
  const parsed = roomResponse.safeParse(answer.value);
  if (!parsed.success) return refused('unknown', 'The room endpoint gave no answer.');
  return { ok: true, value: parsed.data.full };
}

async function ask(
  method: 'GET' | 'POST',
  path: string,
  { body, bearer, signal }: { body?: string; bearer?: string; signal: AbortSignal },
): Promise<Answer<unknown>> {
  let response: Response;
  try {
    response = await fetch(`${hostPage.server}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` }),
      },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
  } catch (error) {
    signal.throwIfAborted();
    return refused('server_unreachable', messageOf(error));
  }
  const content: unknown = await response.json().catch(() => undefined);
  signal.throwIfAborted();
  if (response.ok) return { ok: true, value: content };
  const said = apiError.safeParse(content);
  const code = codeOfStatus(response.status, said.data?.error.code);
  return refused(code, said.data?.error.message ?? `HTTP ${response.status} from ${path}.`);
}

function codeOfStatus(status: number, code: string | undefined): ProblemCode {
  if (code === 'token_expired' || code === 'token_invalid') return code;
  if (status === 401 || status === 403) return 'token_refused';
  if (status === 429) return 'rate_limited';
  // Also what a development server or a reverse proxy answers when the server behind it is not there.
  return status === 404 || status >= 500 ? 'server_unreachable' : 'unknown';
}

function refused(code: ProblemCode, detail: string): Answer<never> {
  return { ok: false, problem: { code, detail } };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
