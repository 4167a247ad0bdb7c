import { setTimeout as delay } from 'node:timers/promises';
import { look } from '../mind/looking.ts';
import type { Mind, OfferedTool, SpokenPiece, ToolCall } from '../mind/mind.ts';
import type { Conversation, Item, MessageItem, SpokenPart } from './conversation.ts';
import type { Dialect, ResponseState, WireEvent } from './dialect.ts';
import type { Faults } from './faults.ts';
import { newId } from './ids.ts';
import type { McpServers } from './mcp-servers.ts';
import { ResponseOutput } from './response-output.ts';
import type { McpServerSettings, SessionSettings } from './settings.ts';
import { readSituation } from './situation.ts';
import { textTokens, tokensOf, total, type TokenCount } from './usage.ts';

export interface ResponseRequest {
  /** The session's, with what this response overrides. */
  readonly settings: SessionSettings;
  readonly metadata: Readonly<Record<string, string>> | null;
  /** Instead of the conversation. */
  readonly input: readonly Item[] | undefined;
  /** False for a reply that is not to be remembered. */
  readonly remembered: boolean;
  /** To be said as it stands. */
  readonly preGenerated: string | undefined;
}

export interface ResponseHost {
  readonly mind: Mind;
  readonly dialect: Dialect;
  readonly faults: Faults;
  readonly conversation: Conversation;
  readonly mcp: McpServers;
  send(event: WireEvent): void;
  /** Resolves when the words of everything that was committed are known. */
  heardAll(): Promise<unknown>;
  /** The sound of an item begins to go out. */
  onSpeech(item: MessageItem, part: SpokenPart): void;
  onSound(piece: SpokenPiece): void;
  onAudioDelta(): void;
  onDone(response: Response): void;
  /** What the reply before has read. */
  readBefore(): TokenCount;
}

export type CancelReason = 'client_cancelled' | 'turn_detected';

/** One reply, from `response.created` to `response.done`. */
export class Response {
  readonly id = newId('resp');
  readonly #request: ResponseRequest;
  readonly #host: ResponseHost;
  readonly #abort = new AbortController();
  readonly #output: ResponseOutput;
  readonly #context: readonly Item[];
  #status: ResponseState['status'] = 'in_progress';
  #statusDetails: object | null = null;

  constructor(request: ResponseRequest, host: ResponseHost) {
    this.#request = request;
    this.#host = host;
    this.#output = new ResponseOutput(this.id, request, host, this.#abort.signal);
    this.#context = [...(request.input ?? host.conversation.items)];
  }

  get remembered(): boolean {
    return this.#request.remembered;
  }

  start(): void {
    const { dialect } = this.#host;
    this.#host.send({ type: 'response.created', response: dialect.response(this.state()) });
    void this.#run();
  }

  cancel(reason: CancelReason): void {
    if (this.#over) return;
    this.#finish('cancelled', { type: 'cancelled', reason });
    const late = this.#output.hasSound ? this.#host.faults.take('late-audio') : undefined;
    if (late) this.#output.repeatSound(late.deltas);
  }

  /** Without a word to the client: it is gone. */
  abandon(): void {
    this.#status = 'cancelled';
    this.#abort.abort();
  }

  state(): ResponseState {
    const { settings, metadata } = this.#request;
    const finished = this.#status !== 'in_progress';
    return {
      id: this.id,
      status: this.#status,
      statusDetails: this.#statusDetails,
      output: finished ? this.#output.items : [],
      usage: finished ? this.#usage() : undefined,
      metadata,
      settings,
    };
  }

  get #over(): boolean {
    return this.#abort.signal.aborted;
  }

  async #run(): Promise<void> {
    const { faults } = this.#host;
    if (faults.take('throttled')) {
      this.#finish('failed', {
        type: 'failed',
        error: {
          type: 'tokens',
          code: 'rate_limit_exceeded',
          message: 'Rate limit reached on tokens per min. Please try again later.',
        },
      });
      return;
    }
    if (faults.take('silence')) return;
    try {
      await this.#fillWhile(this.#thinkingTime());
      if (!this.#over) await this.#answer();
      if (!this.#over) this.#finish('completed', null);
    } catch (error) {
      if (this.#over) return;
      const message = error instanceof Error ? error.message : String(error);
      this.#finish('failed', {
        type: 'failed',
        error: { type: 'server_error', code: 'server_error', message },
      });
    }
  }

  async #thinkingTime(): Promise<void> {
    const slow = this.#host.faults.take('slow-answer');
    const slept = slow ? this.#sleep(slow.delayMs) : undefined;
    await this.#host.heardAll();
    await slept;
  }

  /** A wait that is long enough is filled with a word, where that is wanted. */
  async #fillWhile(waiting: Promise<void>): Promise<void> {
    const filler = this.#filler('latency');
    if (filler === undefined) return waiting;
    const { latencyThresholdMs = 0 } = this.#request.settings.interimResponse ?? {};
    const isOver = waiting.then(() => 'over' as const);
    const first = await Promise.race([isOver, this.#sleep(latencyThresholdMs)]);
    if (first !== 'over' && !this.#over) {
      await this.#say(filler);
      this.#output.closeMessage('completed');
    }
    return waiting;
  }

  #filler(trigger: 'latency' | 'tool'): string | undefined {
    const interim = this.#request.settings.interimResponse;
    if (!interim?.triggers.includes(trigger)) return undefined;
    return interim.texts[Math.floor(Math.random() * interim.texts.length)];
  }

  async #answer(): Promise<void> {
    const { settings, preGenerated } = this.#request;
    if (preGenerated !== undefined) return this.#say(preGenerated);
    const { text, history, results, shown, asides } = readSituation(this.#context);
    const { mind } = this.#host;
    if (results.length > 0) return this.#say(mind.tell(results));
    if (text === '') return this.#say('I did not catch that. Could you say it again?');
    const instructions = [settings.instructions, ...asides].filter(Boolean).join('\n');
    const tools = this.#tools();
    const view = shown && (await look(shown));
    if (this.#over) return;
    const thought = mind.think({ text, history, tools, view, instructions });
    if (thought.kind === 'calls') return this.#call(thought.calls);
    const forced = forcedTool(settings, tools);
    if (forced) return this.#call([{ name: forced, arguments: {} }]);
    return this.#say(thought.text);
  }

  #tools(): readonly OfferedTool[] {
    const { tools, mcpServers, toolChoice } = this.#request.settings;
    const all = [...tools, ...mcpServers.flatMap((server) => this.#host.mcp.toolsOf(server))];
    if (toolChoice.kind === 'none') return [];
    return toolChoice.kind === 'tool' ? all.filter(({ name }) => name === toolChoice.name) : all;
  }

  async #say(text: string): Promise<void> {
    const { mind } = this.#host;
    const { speaks, output, speed } = this.#request.settings;
    if (!speaks) {
      for (const word of text.match(/\S+\s*/gu) ?? [])
        if (this.#affords(word)) this.#output.write(word);
      return;
    }
    const pieces = mind.speak(text, { rateHz: output.rateHz, speed, signal: this.#abort.signal });
    for await (const piece of pieces) {
      if (this.#over || !this.#affords(piece.text)) return;
      this.#output.sound(piece);
    }
  }

  /** Ends the reply where it would be longer than it may be. */
  #affords(more: string): boolean {
    if (this.#over) return false;
    const used = tokensOf(this.#output.items);
    if (used.text + used.audio + textTokens(more) <= this.#request.settings.maxOutputTokens) {
      return true;
    }
    this.#finish('incomplete', { type: 'incomplete', reason: 'max_output_tokens' });
    return false;
  }

  async #call(calls: readonly ToolCall[]): Promise<void> {
    const filler = this.#filler('tool');
    if (filler !== undefined) {
      await this.#say(filler);
      this.#output.closeMessage('completed');
    }
    for (const { name, arguments: args } of calls) {
      if (this.#over) return;
      const json = JSON.stringify(args);
      const server = this.#serverOf(name);
      if (!server) this.#callFunction(name, json);
      else if (server.needsApproval(name)) this.#askApproval(server, name, json);
      else await this.#callMcp(server, name, json);
    }
  }

  #serverOf(name: string): McpServerSettings | undefined {
    const { tools, mcpServers } = this.#request.settings;
    if (tools.some((tool) => tool.name === name)) return undefined;
    return mcpServers.find((server) =>
      this.#host.mcp.toolsOf(server).some((tool) => tool.name === name),
    );
  }

  #callFunction(name: string, args: string): void {
    const item = {
      id: newId('item'),
      type: 'function_call' as const,
      status: 'in_progress' as const,
      callId: newId('call'),
      name,
      arguments: args,
    };
    const place = this.#output.add({ ...item, arguments: '' });
    const about = {
      response_id: this.id,
      item_id: item.id,
      output_index: place.outputIndex,
      call_id: item.callId,
    };
    this.#host.send({ type: 'response.function_call_arguments.delta', ...about, delta: args });
    this.#host.send({ type: 'response.function_call_arguments.done', ...about, arguments: args });
    this.#output.complete({ ...item, status: 'completed' }, place);
  }

  #askApproval({ label }: McpServerSettings, name: string, args: string): void {
    const item: Item = {
      id: newId('mcpr'),
      type: 'mcp_approval_request',
      status: 'completed',
      serverLabel: label,
      name,
      arguments: args,
    };
    this.#output.complete(item, this.#output.add(item));
  }

  async #callMcp(server: McpServerSettings, name: string, args: string): Promise<void> {
    const send = (event: WireEvent) => this.#host.send(event);
    const item = {
      id: newId('mcp'),
      type: 'mcp_call' as const,
      status: 'in_progress' as const,
      serverLabel: server.label,
      name,
      arguments: args,
      approvalRequestId: null,
      output: null,
      error: null,
    };
    const place = this.#output.add(item);
    const about = { item_id: item.id, output_index: place.outputIndex };
    send({
      type: 'response.mcp_call_arguments.delta',
      response_id: this.id,
      ...about,
      delta: args,
    });
    send({
      type: 'response.mcp_call_arguments.done',
      response_id: this.id,
      ...about,
      arguments: args,
    });
    send({ type: 'response.mcp_call.in_progress', ...about });
    const outcome = await this.#host.mcp.call(server, name, args);
    if (this.#over) return;
    const failed = 'error' in outcome;
    send({ type: `response.mcp_call.${failed ? 'failed' : 'completed'}`, ...about });
    this.#output.complete(
      { ...item, ...outcome, status: failed ? 'incomplete' : 'completed' },
      place,
    );
  }

  #finish(status: ResponseState['status'], details: object | null): void {
    this.#output.closeMessage(status === 'completed' ? 'completed' : 'incomplete');
    this.#status = status;
    this.#statusDetails = details;
    this.#abort.abort();
    this.#host.onDone(this);
    const response = this.#host.dialect.response(this.state());
    this.#host.send({ type: 'response.done', response });
  }

  #usage() {
    const { settings } = this.#request;
    const told = textTokens(settings.instructions) + textTokens(JSON.stringify(settings.tools));
    const input = total([tokensOf(this.#context), { text: told, audio: 0, image: 0 }]);
    const before = this.#host.readBefore();
    return {
      input,
      cached: {
        text: Math.min(before.text, input.text),
        audio: Math.min(before.audio, input.audio),
        image: Math.min(before.image, input.image),
      },
      output: tokensOf(this.#output.items),
    };
  }

  async #sleep(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#abort.signal, ref: false }).catch(() => undefined);
  }
}

function forcedTool(
  { toolChoice }: SessionSettings,
  tools: readonly OfferedTool[],
): string | undefined {
  if (toolChoice.kind === 'tool') return toolChoice.name;
  return toolChoice.kind === 'required' ? tools[0]?.name : undefined;
}
