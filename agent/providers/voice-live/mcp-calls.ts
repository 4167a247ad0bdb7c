import type { Hooks, McpCall } from './options.ts';
import type { ClientEvent } from './wire/client-events.ts';
import type { WireItem } from './wire/items.ts';

interface McpCallsOptions {
  readonly hooks: () => Hooks;
  readonly send: (event: ClientEvent) => void;
  readonly isReplyRunning: () => boolean;
  /** The item as the service has it now. */
  readonly retrieve: (itemId: string) => Promise<WireItem>;
  /** There are results to speak of, and nobody has begun to. */
  readonly onResults: () => void;
}

interface Running {
  call: McpCall;
  item: WireItem;
  isStarted: boolean;
  /** Known before the item is complete, which has the output. */
  outcome: 'done' | 'failed' | undefined;
}

/** For what still comes of a call that has ended, and for a service that speaks of the results by itself. */
const settlingMs = 100;

/** Tools that the service runs on servers of its own; a person may have to allow each call. */
export class McpCalls {
  readonly #options: McpCallsOptions;
  readonly #asked = new Set<string>();
  readonly #running = new Map<string, Running>();
  #hasResults = false;
  #settling: NodeJS.Timeout | undefined;

  constructor(options: McpCallsOptions) {
    this.#options = options;
  }

  get isBusy(): boolean {
    return this.#running.size > 0;
  }

  /** An item may be announced several times, the first time before all of it is known. */
  item(item: WireItem, isComplete: boolean): void {
    if (item.type === 'mcp_call') this.#call(item, isComplete);
    if (item.type !== 'mcp_approval_request' || this.#asked.has(item.id)) return;
    if (!item.arguments && !isComplete) return;
    this.#asked.add(item.id);
    void this.#approve(item);
  }

  argumentsDone(itemId: string, json: string | null | undefined): void {
    const running = this.#running.get(itemId);
    if (running && json) running.call = { ...running.call, input: json };
  }

  started(itemId: string): void {
    const running = this.#running.get(itemId);
    if (!running || running.isStarted) return;
    running.isStarted = true;
    this.#options.hooks().onMcpCallStarted?.(running.call);
  }

  finished(itemId: string, outcome: 'done' | 'failed'): void {
    const running = this.#running.get(itemId);
    if (!running) return;
    this.started(itemId);
    running.outcome = outcome;
    this.#hasResults = true;
    this.settleSoon();
    // A call that was allowed runs outside of a reply; nobody tells its output then without being asked.
    this.#options.retrieve(itemId).then(
      (item) => this.#call(item, true),
      () => this.#report(running, outcome),
    );
  }

  /** To be called when a reply has ended. */
  settleSoon(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#settle(), settlingMs);
  }

  /** The service speaks by itself. */
  replyBegun(): void {
    this.#hasResults = false;
  }

  /** The service that ran them is gone. */
  lost(): void {
    clearTimeout(this.#settling);
    for (const running of this.#running.values())
      if (running.isStarted) this.#report(running, 'failed');
    this.#running.clear();
    this.#asked.clear();
    this.#hasResults = false;
  }

  #call(item: WireItem, isComplete: boolean): void {
    const before = this.#running.get(item.id);
    // Announced once more after all was said of it.
    if (!before && isComplete && !hasEnded(item)) return;
    const running = before ?? { call: toCall(item), item, isStarted: false, outcome: undefined };
    running.item = item;
    if (item.arguments) running.call = toCall(item);
    this.#running.set(item.id, running);
    if (!isComplete || !(hasEnded(item) || running.outcome)) return;
    this.started(item.id);
    this.#hasResults ||= running.outcome === undefined;
    this.#report(running, running.outcome ?? (item.error ? 'failed' : 'done'));
    this.settleSoon();
  }

  #report(running: Running, outcome: 'done' | 'failed'): void {
    if (!this.#running.delete(running.item.id)) return;
    this.#options.hooks().onMcpCallFinished?.({
      callId: running.item.id,
      outcome,
      output: (outcome === 'done' ? running.item.output : errorText(running.item.error)) ?? '',
    });
  }

  #settle(): void {
    const isBusy = [...this.#running.values()].some(({ outcome }) => outcome === undefined);
    if (!this.#hasResults || isBusy || this.#options.isReplyRunning()) return;
    this.#hasResults = false;
    this.#options.onResults();
  }

  async #approve(item: WireItem): Promise<void> {
    let approve = false;
    try {
      approve = (await this.#options.hooks().approveMcpCall?.(toCall(item))) ?? false;
    } catch {
      // Who cannot be asked has not agreed.
    }
    // After a loss the service knows nothing of the question.
    if (!this.#asked.has(item.id)) return;
    this.#options.send({
      type: 'conversation.item.create',
      item: { type: 'mcp_approval_response', approval_request_id: item.id, approve },
    });
    if (approve) return;
    // What was refused has to be spoken of as well.
    this.#hasResults = true;
    this.settleSoon();
  }
}

function toCall(item: WireItem): McpCall {
  return {
    callId: item.id,
    server: item.server_label ?? '',
    tool: item.name ?? '',
    input: item.arguments ?? '{}',
  };
}

function hasEnded({ output, error }: WireItem): boolean {
  return typeof output === 'string' || Boolean(error);
}

function errorText(error: unknown): string {
  if (typeof error === 'string') return error;
  return error ? JSON.stringify(error) : '';
}
