import { setTimeout as delay } from 'node:timers/promises';
import type { Mind, OfferedTool, SpokenPiece, ToolCall } from '../mind/mind.ts';
import { encodeAudio } from './audio-format.ts';
import { newMessage, type Conversation, type Item, type MessageItem } from './conversation.ts';
import type { SpokenPart, TextPart } from './conversation.ts';
import type { Dialect, ResponseState, WireEvent } from './dialect.ts';
import type { Faults } from './faults.ts';
import { newId } from './ids.ts';
import type { McpServers } from './mcp-servers.ts';
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
  heardAll(): Promise<void>;
  /** The sound of an item begins to go out. */
  onSound(item: MessageItem, part: SpokenPart): void;
  onAudioDelta(): void;
  onDone(response: Response): void;
  /** What the reply before has read. */
  readBefore(): TokenCount;
}

export type CancelReason = 'client_cancelled' | 'turn_detected';

/** A piece of sound on the wire. */
const deltaMs = 100;

interface OpenMessage {
  readonly item: MessageItem;
  readonly previousItemId: string | null;
  readonly outputIndex: number;
  readonly part: SpokenPart | TextPart;
}

/** One reply, from `response.created` to `response.done`. */
export class Response {
  readonly id = newId('resp');
  readonly #request: ResponseRequest;
  readonly #host: ResponseHost;
  readonly #abort = new AbortController();
  readonly #output: Item[] = [];
  readonly #context: readonly Item[];
  #status: ResponseState['status'] = 'in_progress';
  #statusDetails: object | null = null;
  #message: OpenMessage | undefined;
  #lastDelta: WireEvent | undefined;

  constructor(request: ResponseRequest, host: ResponseHost) {
    this.#request = request;
    this.#host = host;
    this.#context = [...(request.input ?? host.conversation.items)];
  }

  get remembered(): boolean {
    return this.#request.remembered;
  }

  start(): void {
    const { send, dialect } = this.#host;
    send({ type: 'response.created', response: dialect.response(this.state()) });
    void this.#run();
  }

  cancel(reason: CancelReason): void {
    if (this.#over) return;
    this.#finish('cancelled', { type: 'cancelled', reason });
    const late = this.#host.faults.peek('late-audio');
    if (!late || !this.#lastDelta) return;
    this.#host.faults.take('late-audio');
    for (let count = 0; count < late.deltas; count += 1) this.#host.send(this.#lastDelta);
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
      output: finished ? this.#output : [],
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
      if (this.#over) return;
      await this.#answer();
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
      this.#closeMessage('completed');
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
    const { text, history, results, asides } = readSituation(this.#context);
    const { mind } = this.#host;
    if (results.length > 0) return this.#say(mind.tell(results));
    if (text === '') return this.#say('I did not catch that. Could you say it again?');
    const instructions = [settings.instructions, ...asides].filter(Boolean).join('\n');
    const tools = this.#tools();
    const thought = mind.think({ text, history, tools, instructions });
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
      for (const word of text.match(/\S+\s*/gu) ?? []) if (this.#affords(word)) this.#write(word);
      return;
    }
    const pieces = mind.speak(text, { rateHz: output.rateHz, speed, signal: this.#abort.signal });
    for await (const piece of pieces) {
      if (this.#over || !this.#affords(piece.text)) return;
      this.#sound(piece);
    }
  }

  /** Ends the reply where it would be longer than it may be. */
  #affords(more: string): boolean {
    if (this.#over) return false;
    const used = tokensOf(this.#output);
    if (used.text + used.audio + textTokens(more) <= this.#request.settings.maxOutputTokens) {
      return true;
    }
    this.#finish('incomplete', { type: 'incomplete', reason: 'max_output_tokens' });
    return false;
  }

  #write(words: string): void {
    const message = this.#openMessage(() => ({ kind: 'text', text: '' }));
    if (message.part.kind !== 'text') return;
    message.part.text += words;
    this.#sendPart(`response.${this.#host.dialect.names.text}.delta`, message, { delta: words });
  }

  #sound(piece: SpokenPiece): void {
    const message = this.#openMessage(newSpokenPart);
    const { part, item } = message;
    if (part.kind !== 'spoken') return;
    const { names, visemes } = this.#host.dialect;
    const { settings } = this.#request;
    const offsetMs = part.durationMs;
    if (offsetMs === 0) this.#host.onSound(item, part);
    part.transcript += piece.text;
    part.durationMs += piece.endMs - piece.startMs;
    const words = piece.words.map(({ text, startMs, endMs }) => ({
      text,
      startMs: startMs - piece.startMs + offsetMs,
      endMs: endMs - piece.startMs + offsetMs,
    }));
    part.words.push(...words);
    this.#sendPart(`response.${names.transcript}.delta`, message, { delta: piece.text });
    for (const word of words) {
      if (settings.wordTimestamps) {
        this.#sendPart('response.audio_timestamp.delta', message, {
          audio_offset_ms: Math.round(word.startMs),
          audio_duration_ms: Math.round(word.endMs - word.startMs),
          text: word.text.trim(),
          timestamp_type: 'word',
        });
      }
      if (!settings.visemes) continue;
      for (const { id, atMs } of visemes(word)) {
        this.#sendPart('response.animation_viseme.delta', message, {
          audio_offset_ms: Math.round(atMs),
          viseme_id: id,
        });
      }
    }
    if (settings.soundOnSocket) this.#sendSound(piece, message);
  }

  #sendSound({ pcm, rateHz }: SpokenPiece, message: OpenMessage): void {
    const { names } = this.#host.dialect;
    const length = (rateHz * deltaMs) / 1000;
    for (let at = 0; at < pcm.length && !this.#over; at += length) {
      const delta = encodeAudio(pcm.slice(at, at + length), this.#request.settings.output);
      this.#lastDelta = this.#partEvent(`response.${names.audio}.delta`, message, { delta });
      this.#host.send(this.#lastDelta);
      this.#host.onAudioDelta();
    }
  }

  async #call(calls: readonly ToolCall[]): Promise<void> {
    const filler = this.#filler('tool');
    if (filler !== undefined) {
      await this.#say(filler);
      this.#closeMessage('completed');
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
    const place = this.#addOutput({ ...item, arguments: '' });
    const about = {
      response_id: this.id,
      item_id: item.id,
      output_index: place.outputIndex,
      call_id: item.callId,
    };
    this.#host.send({ type: 'response.function_call_arguments.delta', ...about, delta: args });
    this.#host.send({ type: 'response.function_call_arguments.done', ...about, arguments: args });
    this.#completeOutput({ ...item, status: 'completed' }, place);
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
    this.#completeOutput(item, this.#addOutput(item));
  }

  async #callMcp(server: McpServerSettings, name: string, args: string): Promise<void> {
    const { send, mcp } = this.#host;
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
    const place = this.#addOutput(item);
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
    const outcome = await mcp.call(server, name, args);
    if (this.#over) return;
    const failed = 'error' in outcome;
    send({ type: `response.mcp_call.${failed ? 'failed' : 'completed'}`, ...about });
    this.#completeOutput(
      { ...item, ...outcome, status: failed ? 'incomplete' : 'completed' },
      place,
    );
  }

  #openMessage(makePart: () => SpokenPart | TextPart): OpenMessage {
    if (this.#message) return this.#message;
    const item: MessageItem = newMessage('assistant', 'in_progress');
    const place = this.#addOutput(item);
    const part = makePart();
    item.parts.push(part);
    this.#message = { item, part, ...place };
    this.#sendPart('response.content_part.added', this.#message, {
      part: this.#host.dialect.part(part),
    });
    return this.#message;
  }

  #closeMessage(status: MessageItem['status']): void {
    const message = this.#message;
    if (!message) return;
    this.#message = undefined;
    const { names, part: wirePart } = this.#host.dialect;
    const { part, item } = message;
    if (part.kind === 'spoken') {
      const { wordTimestamps, visemes, soundOnSocket } = this.#request.settings;
      if (soundOnSocket) this.#sendPart(`response.${names.audio}.done`, message, {});
      this.#sendPart(`response.${names.transcript}.done`, message, { transcript: part.transcript });
      if (wordTimestamps) this.#sendPart('response.audio_timestamp.done', message, {});
      if (visemes) this.#sendPart('response.animation_viseme.done', message, {});
    } else {
      this.#sendPart(`response.${names.text}.done`, message, { text: part.text });
    }
    this.#sendPart('response.content_part.done', message, { part: wirePart(part) });
    item.status = status;
    this.#completeOutput(item, message);
  }

  #addOutput(item: Item): { outputIndex: number; previousItemId: string | null } {
    const { conversation, dialect, send } = this.#host;
    const outputIndex = this.#output.push(item) - 1;
    const previousItemId = this.#request.remembered ? conversation.add(item) : null;
    send({
      type: 'response.output_item.added',
      response_id: this.id,
      output_index: outputIndex,
      item: dialect.item(item),
    });
    if (this.#request.remembered) dialect.itemAdded(item, previousItemId).forEach(send);
    return { outputIndex, previousItemId };
  }

  #completeOutput(
    item: Item,
    { outputIndex, previousItemId }: { outputIndex: number; previousItemId: string | null },
  ): void {
    const { conversation, dialect, send } = this.#host;
    this.#output[outputIndex] = item;
    if (this.#request.remembered) {
      conversation.replace(item);
      dialect.itemDone(item, previousItemId).forEach(send);
    }
    send({
      type: 'response.output_item.done',
      response_id: this.id,
      output_index: outputIndex,
      item: dialect.item(item),
    });
  }

  #finish(status: ResponseState['status'], details: object | null): void {
    this.#closeMessage(status === 'completed' ? 'completed' : 'incomplete');
    this.#status = status;
    this.#statusDetails = details;
    this.#abort.abort();
    const { send, dialect, onDone } = this.#host;
    onDone(this);
    send({ type: 'response.done', response: dialect.response(this.state()) });
  }

  #usage() {
    const { settings } = this.#request;
    const told = textTokens(settings.instructions) + textTokens(JSON.stringify(settings.tools));
    const input = total([tokensOf(this.#context), { text: told, audio: 0 }]);
    const before = this.#host.readBefore();
    return {
      input,
      cached: {
        text: Math.min(before.text, input.text),
        audio: Math.min(before.audio, input.audio),
      },
      output: tokensOf(this.#output),
    };
  }

  #sendPart(type: string, message: OpenMessage, fields: object): void {
    this.#host.send(this.#partEvent(type, message, fields));
  }

  #partEvent(type: string, { item, outputIndex }: OpenMessage, fields: object): WireEvent {
    return {
      type,
      response_id: this.id,
      item_id: item.id,
      output_index: outputIndex,
      content_index: 0,
      ...fields,
    };
  }

  async #sleep(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#abort.signal, ref: false }).catch(() => undefined);
  }
}

function newSpokenPart(): SpokenPart {
  return { kind: 'spoken', transcript: '', words: [], durationMs: 0, truncated: false };
}

function forcedTool(
  { toolChoice }: SessionSettings,
  tools: readonly OfferedTool[],
): string | undefined {
  if (toolChoice.kind === 'tool') return toolChoice.name;
  return toolChoice.kind === 'required' ? tools[0]?.name : undefined;
}
