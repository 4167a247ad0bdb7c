import type { llm } from '@livekit/agents';
import type { AvatarLink } from './avatar.ts';
import { fromErrorEvent, VoiceLiveError } from './connection/failure.ts';
import type { Generation } from './generation.ts';
import type { History } from './history.ts';
import type { Input } from './input.ts';
import type { McpCalls } from './mcp-calls.ts';
import type { Hooks } from './options.ts';
import type { Replies } from './replies.ts';
import type { UserTurns } from './user-turns.ts';
import type { ServerEvent, ServerEventOf, WireError, WireResponse } from './wire/server-events.ts';

export interface Parts {
  readonly history: History;
  readonly replies: Replies;
  readonly input: Input;
  readonly turns: UserTurns;
  readonly mcp: McpCalls;
  readonly avatar: AvatarLink;
}

interface Outlets {
  readonly speechStarted: () => void;
  readonly speechStopped: () => void;
  readonly transcribed: (event: llm.InputTranscriptionCompleted) => void;
  readonly replyDone: (response: WireResponse, generation: Generation) => void;
  readonly report: (problem: VoiceLiveError) => void;
  readonly hooks: () => Hooks;
  /** What the service does with the ends of turns: finds and answers them, only finds them, or leaves them to the person. */
  readonly turnEnds: () => 'answered' | 'found' | 'left';
}

/** Nothing was wrong: what was to be stopped had just ended, or nobody had said anything. */
const harmless = new Set(['response_cancel_not_active', 'input_audio_buffer_commit_empty']);
const noActiveResponse = /no active response/i;

/** Hands each event of the service to the part that it concerns. */
export class Incoming {
  readonly #parts: Parts;
  readonly #outlets: Outlets;

  constructor(parts: Parts, outlets: Outlets) {
    this.#parts = parts;
    this.#outlets = outlets;
  }

  handle(event: ServerEvent): void {
    const { history, input, turns, mcp, avatar, replies } = this.#parts;
    switch (event.type) {
      case 'error':
        this.#error(event.error);
        break;
      case 'warning':
        this.#outlets.report(fromWarning(event.warning));
        break;
      case 'session.created':
        break;
      case 'session.updated':
        avatar.sessionUpdated(event);
        break;
      case 'session.avatar.connecting':
        avatar.connecting(event.server_sdp);
        break;
      case 'input_audio_buffer.speech_started':
        turns.started(event.item_id);
        input.speechStarted();
        this.#outlets.speechStarted();
        break;
      case 'input_audio_buffer.speech_stopped':
        input.speechStopped();
        this.#outlets.speechStopped();
        break;
      case 'input_audio_buffer.committed':
        this.#committed(event.item_id);
        break;
      case 'conversation.item.created':
        history.itemCreated(event.item, event.previous_item_id);
        mcp.item(event.item, false);
        break;
      case 'conversation.item.deleted':
        history.itemDeleted(event.item_id);
        break;
      case 'conversation.item.retrieved':
        history.itemRetrieved(event.item);
        break;
      case 'conversation.item.input_audio_transcription.delta':
      case 'conversation.item.input_audio_transcription.completed':
      case 'conversation.item.input_audio_transcription.failed':
        this.#transcription(event);
        break;
      case 'response.created':
        input.answered();
        mcp.replyBegun();
        replies.created(event.response);
        break;
      case 'response.done':
        this.#done(event.response);
        break;
      case 'mcp_list_tools.failed':
        this.#outlets.report(
          new VoiceLiveError('service', 'The tools of an MCP server cannot be listed.'),
        );
        break;
      case 'response.mcp_call_arguments.done':
        mcp.argumentsDone(event.item_id, event.arguments);
        break;
      case 'response.mcp_call.in_progress':
        mcp.started(event.item_id);
        break;
      case 'response.mcp_call.completed':
        mcp.finished(event.item_id, 'done');
        break;
      case 'response.mcp_call.failed':
        mcp.finished(event.item_id, 'failed');
        break;
      default:
        replies.goesOn();
        this.#output(event, replies.running(event.response_id));
        break;
    }
  }

  #committed(itemId: string): void {
    const ends = this.#outlets.turnEnds();
    if (ends !== 'left') this.#parts.input.turnEnded(ends === 'answered');
    this.#parts.history.heard(itemId);
  }

  #transcription(event: ServerEventOf<TranscriptionType>): void {
    const { turns, history, input } = this.#parts;
    if (event.type === 'conversation.item.input_audio_transcription.delta') {
      if (event.delta)
        this.#outlets.transcribed(turns.delta(event.item_id, event.content_index, event.delta));
      return;
    }
    const isFailed = event.type === 'conversation.item.input_audio_transcription.failed';
    const written = isFailed
      ? turns.failed(event.item_id)
      : turns.completed(event.item_id, event.transcript);
    if (isFailed) this.#outlets.report(fromErrorEvent({ ...event.error, type: 'transcription' }));
    if (!isFailed) input.written();
    if (!written) return;
    history.said(event.item_id, written.transcript);
    this.#outlets.transcribed(written);
  }

  #output(event: ResponseEvent, generation: Generation | undefined): void {
    const { history, mcp } = this.#parts;
    switch (event.type) {
      case 'response.output_item.added':
        history.itemCreated(event.item, undefined);
        mcp.item(event.item, false);
        generation?.itemAdded(event.item);
        break;
      case 'response.output_item.done': {
        mcp.item(event.item, true);
        history.itemCreated(event.item, undefined);
        generation?.itemDone(event.item);
        this.#noteWords(event.item.id, generation);
        break;
      }
      case 'response.content_part.added':
        generation?.message(event.item_id)?.part(event.part.type);
        break;
      case 'response.text.delta':
      case 'response.audio_transcript.delta':
        generation?.output(event.item_id)?.text(event.delta);
        break;
      case 'response.audio.delta': {
        const message = generation?.output(event.item_id);
        if (!message) break;
        message.audio(event.delta);
        history.sounded(event.item_id, message.receivedMs, event.content_index);
        break;
      }
      case 'response.audio_timestamp.delta':
        generation
          ?.message(event.item_id)
          ?.word(event.text, event.audio_offset_ms, event.audio_duration_ms);
        break;
      case 'response.animation_viseme.delta':
        // Of a reply that was cut nobody sees the mouth.
        if (generation) this.#outlets.hooks().onViseme?.(event.viseme_id, event.audio_offset_ms);
        break;
      case 'response.function_call_arguments.done':
        generation?.callArguments(event.item_id, event.arguments);
        break;
    }
  }

  #done(response: WireResponse): void {
    const generation = this.#parts.replies.done(response);
    if (generation) {
      for (const [itemId] of generation.messages) this.#noteWords(itemId, generation);
      this.#outlets.replyDone(response, generation);
    }
    for (const item of response.output ?? []) this.#parts.mcp.item(item, true);
    this.#parts.mcp.settleSoon();
    if (response.status !== 'failed') return;
    const error = response.status_details?.error;
    this.#outlets.report(
      error
        ? fromErrorEvent(error)
        : new VoiceLiveError('service', 'Azure Voice Live could not make a reply.'),
    );
  }

  /** Of a reply that was cut, what was heard is known better by whoever cut it. */
  #noteWords(itemId: string, generation: Generation | undefined): void {
    const message = generation?.messages.get(itemId);
    if (message && !message.wasCut) this.#parts.history.said(itemId, message.transcript);
  }

  #error(error: WireError): void {
    if (harmless.has(error.code ?? '') || noActiveResponse.test(error.message)) return;
    const { history, avatar, replies } = this.#parts;
    if (error.event_id) {
      if (replies.refused(error.event_id, error.code ?? undefined, error.message)) return;
      history.refused(error.event_id, error.message);
    }
    avatar.refused(error);
    this.#outlets.report(fromErrorEvent(error));
  }
}

type TranscriptionType = Extract<
  ServerEvent['type'],
  `conversation.item.input_audio_transcription.${string}`
>;
type ResponseEvent = Extract<ServerEvent, { response_id: string }>;

function fromWarning(warning: WireError): VoiceLiveError {
  return new VoiceLiveError('service', warning.message, { code: warning.code ?? 'warning' });
}
