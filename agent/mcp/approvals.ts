import { llm } from '@livekit/agents';
import type { ApprovalRequest, ApprovalResponse } from '#protocol/approval.ts';

export type Approve = (request: ApprovalRequest) => Promise<ApprovalResponse['answer']>;

/** So that the request fits its message even where every character takes three bytes or an escape. */
const mostInputBytes = 9_000;
const longestInput = 3_900;

interface Call {
  readonly callId: string;
  readonly server: string;
  readonly tool: string;
  readonly input: unknown;
}

/** Asks a person before a tool is run, and remembers which tools need not be asked for again in this conversation. */
export class Approvals {
  readonly #approve: Approve;
  readonly #timeoutMs: number;
  readonly #granted = new Set<string>();
  readonly #asking = new Map<string, Promise<void>>();

  constructor(approve: Approve, timeoutMs: number) {
    this.#approve = approve;
    this.#timeoutMs = timeoutMs;
  }

  /** Resolves once the call may be made. Throws an `llm.ToolError` that tells the model why not. */
  async obtain(call: Call, signal: AbortSignal): Promise<void> {
    const key = JSON.stringify([call.server, call.tool]);
    // One question about a tool at a time: its answer may stand for the next call as well.
    const before = this.#asking.get(key) ?? Promise.resolve();
    const asked = before.then(() => this.#ask(key, call, signal));
    const settled = asked.catch(() => undefined);
    this.#asking.set(key, settled);
    try {
      await asked;
    } finally {
      if (this.#asking.get(key) === settled) this.#asking.delete(key);
    }
  }

  async #ask(key: string, call: Call, signal: AbortSignal): Promise<void> {
    if (this.#granted.has(key)) return;
    signal.throwIfAborted();
    const request: ApprovalRequest = {
      callId: call.callId.slice(0, 128),
      server: call.server.slice(0, 120),
      tool: call.tool.slice(0, 120),
      input: shown(call.input),
    };
    const answer = await answered(this.#approve(request), this.#timeoutMs, signal);
    if (answer === 'late') {
      throw new llm.ToolError(
        'Nobody answered whether this tool may be used, so it was not. Say that it needs a yes in the page.',
      );
    }
    if (answer === 'no') {
      throw new llm.ToolError(
        'The person did not allow this. Go on without it and do not try again unasked.',
      );
    }
    if (answer === 'conversation') this.#granted.add(key);
  }
}

async function answered(
  answer: Promise<ApprovalResponse['answer']>,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<ApprovalResponse['answer'] | 'late'> {
  let release = (): void => undefined;
  const given = new Promise<'late'>((resolve, reject) => {
    const timer = setTimeout(() => resolve('late'), timeoutMs);
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    release = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
  });
  try {
    return await Promise.race([answer, given]);
  } catch (error) {
    // The page is gone or sent nonsense: no answer is a no.
    if (signal.aborted) throw error;
    return 'late';
  } finally {
    release();
  }
}

/** The arguments as JSON; where they are cut, it says so, since a person should not agree to what is not shown. */
function shown(input: unknown): string {
  const json = JSON.stringify(input) as string | undefined;
  const full = json ?? '{}';
  let length = Math.min(full.length, longestInput);
  while (Buffer.byteLength(JSON.stringify(full.slice(0, length))) > mostInputBytes) {
    length = Math.floor(length * 0.9);
  }
  if (length === full.length) return full;
  return `${full.slice(0, length)}… (${full.length - length} more characters)`;
}
