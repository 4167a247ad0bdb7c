import type { Mind } from '../mind/mind.ts';
import type { Item } from '../realtime/conversation.ts';
import type { WireEvent } from '../realtime/dialect.ts';
import { newId } from '../realtime/ids.ts';
import { RealtimeSession } from '../realtime/session.ts';
import { readPicture } from '../realtime/shown-picture.ts';
import type { Conversing, Line } from '../realtime/socket-service.ts';
import { checked, WireError } from '../realtime/wire-error.ts';
import { clientEvent, type RequestItem, type ResponseOptions } from './client-events.ts';
import { openaiDialect } from './dialect.ts';
import { sessionUpdate, type SessionState } from './session-schema.ts';
import { defaultState, overridden, settingsOf, updated, voiceName } from './settings.ts';

interface ConversingOptions {
  readonly mind: Mind;
  readonly model: string;
  /** What the client calls the model: on Azure the name of a deployment. */
  readonly alias: string;
  readonly echoesMetadata: boolean;
}

/** What the Realtime API does with one client: its events in the terms of a realtime session. */
export class OpenaiConversing implements Conversing {
  readonly session: RealtimeSession;
  readonly #line: Line;
  readonly #names: readonly string[];
  readonly #sessionId = newId('sess');
  #state: SessionState;

  constructor(line: Line, { mind, model, alias, echoesMetadata }: ConversingOptions) {
    this.#line = line;
    this.#names = [model, alias];
    this.#state = defaultState(model);
    this.session = new RealtimeSession(settingsOf(this.#state), {
      mind,
      dialect: openaiDialect({ echoesMetadata }),
      faults: line.faults,
      send: (event) => line.send(event),
      sendError: (error) => line.sendError(error),
      onAudioDelta: () => line.onAudioDelta(),
    });
  }

  begin(): void {
    this.#line.send({ type: 'session.created', session: this.#sessionOnWire() });
  }

  receive(received: Readonly<Record<string, unknown>>): void {
    const event = checked(clientEvent, received);
    const { session } = this;
    switch (event.type) {
      case 'session.update':
        this.#update(event.session);
        break;
      case 'input_audio_buffer.append':
        session.append(event.audio);
        break;
      case 'input_audio_buffer.commit':
        session.commit();
        break;
      case 'input_audio_buffer.clear':
        session.clear();
        break;
      case 'conversation.item.create':
        session.createItem(itemFrom(event.item), event.previous_item_id);
        break;
      case 'conversation.item.retrieve':
        session.retrieve(event.item_id);
        break;
      case 'conversation.item.truncate':
        session.truncate(event.item_id, event.content_index, event.audio_end_ms);
        break;
      case 'conversation.item.delete':
        session.delete(event.item_id);
        break;
      case 'response.create':
        this.#respond(event.response ?? {});
        break;
      case 'response.cancel':
        session.cancel(event.response_id);
        break;
    }
  }

  close(): Promise<void> {
    return this.session.close();
  }

  #update(session: Readonly<Record<string, unknown>>): void {
    const update = checked(sessionUpdate, session, 'session');
    if (update.model !== undefined && !this.#names.includes(update.model)) {
      throw new WireError('invalid_value', 'The model of a session cannot be changed.', {
        param: 'session.model',
      });
    }
    const state = updated(this.#state, update);
    if (this.session.hasSpoken && voiceName(state) !== voiceName(this.#state)) {
      throw new WireError(
        'cannot_update_voice',
        "Cannot update a conversation's voice if assistant audio is present.",
        { param: 'session.audio.output.voice' },
      );
    }
    this.#state = state;
    this.#line.send({ type: 'session.updated', session: this.#sessionOnWire() });
    this.session.configure(settingsOf(state));
  }

  #respond(options: ResponseOptions): void {
    const { conversation } = this.session;
    this.session.respond({
      settings: overridden(this.#state, options),
      metadata: options.metadata ?? null,
      input: options.input?.map((item) =>
        item.type === 'item_reference' ? conversation.get(item.id, 'retrieve') : itemFrom(item),
      ),
      remembered: options.conversation !== 'none',
      preGenerated: undefined,
    });
  }

  #sessionOnWire(): WireEvent['session'] {
    return {
      object: 'realtime.session',
      id: this.#sessionId,
      ...this.#state,
      tools: this.#state.tools?.map(withoutSecrets),
    };
  }
}

function withoutSecrets(tool: NonNullable<SessionState['tools']>[number]): object {
  return tool.type === 'mcp' ? { ...tool, authorization: undefined, headers: undefined } : tool;
}

function itemFrom(item: RequestItem): Item {
  const common = { id: item.id ?? newId('item'), status: 'completed' as const };
  switch (item.type) {
    case 'message':
      return {
        ...common,
        type: 'message',
        role: item.role,
        parts: item.content.map((part) => {
          if (part.type === 'input_text' || part.type === 'output_text') {
            return { kind: 'text', text: part.text };
          }
          if (part.type === 'input_image') return readPicture(part.image_url);
          return { kind: 'heard', durationMs: 0, transcript: part.transcript ?? '' };
        }),
      };
    case 'function_call':
      return {
        ...common,
        type: 'function_call',
        name: item.name,
        callId: item.call_id ?? newId('call'),
        arguments: item.arguments,
      };
    case 'function_call_output':
      return {
        ...common,
        type: 'function_call_output',
        callId: item.call_id,
        output: item.output,
      };
    case 'mcp_approval_response':
      return {
        ...common,
        type: 'mcp_approval_response',
        approvalRequestId: item.approval_request_id,
        approve: item.approve,
      };
  }
}
