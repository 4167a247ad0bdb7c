import type { Mind, SpokenPiece } from '../mind/mind.ts';
import {
  Conversation,
  newMessage,
  type HeardPart,
  type Item,
  type MessageItem,
  type SpokenPart,
} from './conversation.ts';
import type { Dialect, WireEvent } from './dialect.ts';
import type { Faults } from './faults.ts';
import { newId } from './ids.ts';
import { InputAudio, type HeardTurn } from './input-audio.ts';
import { Response, type CancelReason, type ResponseRequest } from './response.ts';
import { ServiceTools } from './service-tools.ts';
import type { SessionSettings } from './settings.ts';
import { tokensOf } from './usage.ts';
import { WireError } from './wire-error.ts';

export interface SessionHost {
  readonly mind: Mind;
  readonly dialect: Dialect;
  readonly faults: Faults;
  send(event: WireEvent): void;
  /** An error that no event of the client caused at this moment. */
  sendError(error: WireError): void;
  onAudioDelta(): void;
  /** Sound of a reply, for those who show a face. */
  onSound?(piece: SpokenPiece): void;
  /** The person has cut in. */
  onCutIn?(): void;
}

interface Playing {
  readonly item: MessageItem;
  readonly part: SpokenPart;
  /** On the clock of `performance.now()`. */
  readonly since: number;
}

const limitTokens = 100_000;

/** One conversation: buffer of sound, items and replies. What its client says has been checked and translated. */
export class RealtimeSession {
  readonly conversation = new Conversation();
  readonly #host: SessionHost;
  readonly #input: InputAudio;
  readonly #tools: ServiceTools;
  readonly #hearing = new Set<Promise<void>>();
  #settings: SessionSettings;
  #active: Response | undefined;
  #playing: Playing | undefined;
  #readBefore = { text: 0, audio: 0, image: 0 };
  #idle: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(settings: SessionSettings, host: SessionHost) {
    this.#host = host;
    this.#settings = settings;
    this.#tools = new ServiceTools({
      conversation: this.conversation,
      send: (event) => this.#send(event),
      add: (item) => this.#add(item, undefined),
      finish: (item) => this.#finishItem(item),
    });
    this.#input = new InputAudio(host.mind, settings, {
      speechStarted: (itemId, startMs) => this.#onSpeechStarted(itemId, startMs),
      speechStopped: (itemId, endMs) =>
        this.#send({
          type: 'input_audio_buffer.speech_stopped',
          audio_end_ms: endMs,
          item_id: itemId,
        }),
      committed: (turn) => this.#onCommitted(turn),
    });
  }

  get settings(): SessionSettings {
    return this.#settings;
  }

  /** Whether a reply has been heard in the session's voice, which cannot change after that. */
  get hasSpoken(): boolean {
    return this.conversation.items.some(
      (item) => item.type === 'message' && item.parts.some(({ kind }) => kind === 'spoken'),
    );
  }

  configure(settings: SessionSettings): void {
    this.#settings = settings;
    this.#input.configure(settings);
    for (const server of settings.mcpServers) void this.#tools.list(server);
  }

  append(base64: string): void {
    this.#input.append(base64);
  }

  commit(): void {
    this.#input.commit();
  }

  clear(): void {
    this.#input.clear();
    this.#send({ type: 'input_audio_buffer.cleared' });
  }

  createItem(item: Item, previousItemId: string | null | undefined): void {
    this.#checkCreated(item);
    this.#add(item, previousItemId);
    if (item.type === 'mcp_approval_response' && item.approve) {
      void this.#tools.callApproved(item.approvalRequestId, this.#settings.mcpServers);
    }
  }

  retrieve(id: string): void {
    const item = this.#host.dialect.item(this.conversation.get(id, 'retrieve'));
    this.#send({ type: 'conversation.item.retrieved', item });
  }

  delete(id: string): void {
    this.conversation.remove(id);
    this.#send({ type: 'conversation.item.deleted', item_id: id });
  }

  truncate(id: string, contentIndex: number, audioEndMs: number, appended?: string): void {
    this.conversation.truncate(id, contentIndex, audioEndMs, appended);
    this.#send({
      type: 'conversation.item.truncated',
      item_id: id,
      content_index: contentIndex,
      audio_end_ms: audioEndMs,
    });
  }

  respond(request: ResponseRequest): void {
    if (this.#active && request.remembered) {
      throw new WireError(
        'conversation_already_has_active_response',
        `Conversation already has an active response in progress: ${this.#active.id}. Wait until the response is finished before creating a new one.`,
      );
    }
    const response = new Response(request, {
      ...this.#host,
      send: (event) => this.#send(event),
      conversation: this.conversation,
      mcp: this.#tools.servers,
      heardAll: () => Promise.all(this.#hearing),
      onSpeech: (item, part) => {
        this.#playing = { item, part, since: performance.now() };
      },
      onSound: (piece) => this.#host.onSound?.(piece),
      onDone: (done) => this.#onDone(done),
      readBefore: () => this.#readBefore,
    });
    if (request.remembered) this.#active = response;
    clearTimeout(this.#idle);
    response.start();
    this.#sendLimits();
  }

  /** Throws where there is nothing to cancel. */
  cancel(responseId?: string): void {
    if (!this.#active || (responseId !== undefined && responseId !== this.#active.id)) {
      throw new WireError(
        'response_cancel_not_active',
        'Cancellation failed: no active response found',
      );
    }
    this.#cancelActive('client_cancelled');
  }

  cancelIfActive(): void {
    this.#cancelActive('client_cancelled');
  }

  /** Silent: the socket is gone or going. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#idle);
    this.#active?.abandon();
    this.#input.close();
    await this.#tools.servers.close();
  }

  #send(event: WireEvent): void {
    if (!this.#closed) this.#host.send(event);
  }

  #onSpeechStarted(itemId: string, audioStartMs: number): void {
    clearTimeout(this.#idle);
    this.#send({
      type: 'input_audio_buffer.speech_started',
      audio_start_ms: audioStartMs,
      item_id: itemId,
    });
    const rules = this.#settings.turnDetection;
    if (!rules?.interruptResponse) return;
    this.#cancelActive('turn_detected');
    this.#host.onCutIn?.();
    if (rules.autoTruncate) this.#truncatePlaying(rules.appendedTextAfterTruncation);
  }

  /** As if every reply were heard from the moment that it was sent. */
  #truncatePlaying(appended: string): void {
    const playing = this.#playing;
    this.#playing = undefined;
    if (!playing) return;
    const playedMs = Math.round(performance.now() - playing.since);
    const known = this.conversation.items.some(({ id }) => id === playing.item.id);
    if (!known || playing.part.truncated || playedMs >= playing.part.durationMs) return;
    this.truncate(playing.item.id, 0, playedMs, appended);
  }

  #onCommitted({ itemId, durationMs, words }: HeardTurn): void {
    const part: HeardPart = { kind: 'heard', durationMs, transcript: undefined };
    const item: MessageItem = { ...newMessage('user'), id: itemId, parts: [part] };
    this.#send({
      type: 'input_audio_buffer.committed',
      previous_item_id: this.conversation.lastId,
      item_id: itemId,
    });
    this.#add(item, undefined);
    const heard = words.then((text) => {
      part.transcript = text;
      this.#writeDown(item, part);
    });
    this.#hearing.add(heard);
    void heard.finally(() => this.#hearing.delete(heard));
    if (this.#settings.turnDetection?.createResponse) this.#respondBySelf();
  }

  #respondBySelf(): void {
    try {
      this.respond({
        settings: this.#settings,
        metadata: null,
        input: undefined,
        remembered: true,
        preGenerated: undefined,
      });
    } catch (error) {
      if (error instanceof WireError) this.#host.sendError(error);
      else throw error;
    }
  }

  #writeDown(item: MessageItem, part: HeardPart): void {
    if (this.#settings.transcription === null) return;
    const about = { item_id: item.id, content_index: 0 };
    const event = 'conversation.item.input_audio_transcription';
    if (this.#host.faults.take('transcription-failed')) {
      this.#send({
        type: `${event}.failed`,
        ...about,
        error: {
          type: 'transcription_error',
          code: 'audio_unintelligible',
          message: 'The audio could not be transcribed.',
          param: null,
        },
      });
      return;
    }
    const transcript = part.transcript ?? '';
    const steps = this.#settings.transcription.startsWith('whisper')
      ? [transcript]
      : (transcript.match(/\S+\s*/gu) ?? []);
    for (const delta of steps) this.#send({ type: `${event}.delta`, ...about, delta });
    this.#send({
      type: `${event}.completed`,
      ...about,
      transcript,
      ...this.#host.dialect.transcriptionUsage(part.durationMs, transcript),
    });
  }

  #checkCreated(item: Item): void {
    if (item.type === 'function_call_output') {
      const called = this.conversation.items.some(
        (one) => one.type === 'function_call' && one.callId === item.callId,
      );
      if (called) return;
      throw new WireError(
        'invalid_tool_call_id',
        `Tool call ID '${item.callId}' not found in conversation.`,
        { param: 'item.call_id' },
      );
    }
    if (item.type === 'mcp_approval_response') this.#tools.checkApproval(item.approvalRequestId);
  }

  #add(item: Item, previousItemId: string | null | undefined): void {
    const before = this.conversation.add(item, previousItemId);
    const { dialect } = this.#host;
    for (const event of dialect.itemAdded(item, before)) this.#send(event);
    if (item.status === 'in_progress') return;
    for (const event of dialect.itemDone(item, before)) this.#send(event);
  }

  #finishItem(item: Item): void {
    this.conversation.replace(item);
    const at = this.conversation.items.findIndex(({ id }) => id === item.id);
    const before = this.conversation.items[at - 1]?.id ?? null;
    for (const event of this.#host.dialect.itemDone(item, before)) this.#send(event);
  }

  #cancelActive(reason: CancelReason): void {
    this.#active?.cancel(reason);
  }

  #onDone(response: Response): void {
    if (this.#active === response) this.#active = undefined;
    this.#readBefore = tokensOf(this.conversation.items);
    this.#waitIdle();
  }

  #waitIdle(): void {
    const { turnDetection } = this.#settings;
    if (turnDetection?.idleTimeoutMs === undefined) return;
    const playing = this.#playing;
    const leftMs = playing
      ? Math.max(0, playing.part.durationMs - (performance.now() - playing.since))
      : 0;
    const quietFromMs = this.#input.heardMs + leftMs;
    this.#idle = setTimeout(() => {
      const itemId = newId('item');
      this.#send({
        type: 'input_audio_buffer.timeout_triggered',
        audio_start_ms: Math.round(quietFromMs),
        audio_end_ms: Math.round(this.#input.heardMs),
        item_id: itemId,
      });
      this.#onCommitted({ itemId, durationMs: 0, words: Promise.resolve('') });
    }, leftMs + turnDetection.idleTimeoutMs);
    this.#idle.unref();
  }

  #sendLimits(): void {
    const { text, audio, image } = this.#readBefore;
    const used = text + audio + image;
    this.#send({
      type: 'rate_limits.updated',
      rate_limits: [
        {
          name: 'tokens',
          limit: limitTokens,
          remaining: Math.max(0, limitTokens - used),
          reset_seconds: 60,
        },
      ],
    });
  }
}
