import type { Mind } from '../mind/mind.ts';
import type { Item } from '../realtime/conversation.ts';
import type { WireEvent } from '../realtime/dialect.ts';
import { newId } from '../realtime/ids.ts';
import { RealtimeSession } from '../realtime/session.ts';
import { readPicture } from '../realtime/shown-picture.ts';
import type { Conversing, Line } from '../realtime/socket-service.ts';
import { checked, WireError } from '../realtime/wire-error.ts';
import { Avatar } from './avatar.ts';
import { clientEvent, type RequestItem, type ResponseOptions } from './client-events.ts';
import { voiceLiveDialect } from './dialect.ts';
import { sessionUpdate, type SessionState } from './session-schema.ts';
import {
  checkForModel,
  defaultState,
  hearsSound,
  overridden,
  settingsOf,
  voiceName,
} from './settings.ts';

interface Particulars {
  readonly echoesMetadata: boolean;
  /** The server that clients are named for the video of an avatar. */
  readonly iceUrl: string;
}

/** What Voice Live does with one client: its events in the terms of a realtime session, and what only it has. */
export class VoiceLiveConversing implements Conversing {
  readonly session: RealtimeSession;
  readonly #line: Line;
  readonly #model: string;
  readonly #apiVersion: string;
  readonly #sessionId = newId('sess');
  readonly #avatar: Avatar;
  readonly #iceUrl: string;
  #state: SessionState;

  constructor(line: Line, mind: Mind, { echoesMetadata, iceUrl }: Particulars) {
    this.#iceUrl = iceUrl;
    this.#line = line;
    this.#model = line.upgrade.query['model'] ?? '';
    this.#apiVersion = line.upgrade.query['api-version'] ?? '';
    this.#state = {
      ...defaultState,
      ...(!hearsSound(this.#model) && { input_audio_transcription: { model: 'azure-speech' } }),
    };
    this.#avatar = new Avatar((event) => line.send(event));
    this.session = new RealtimeSession(settingsOf(this.#state), {
      mind,
      dialect: voiceLiveDialect({ echoesMetadata }),
      faults: line.faults,
      send: (event) => line.send(event),
      sendError: (error) => line.sendError(error),
      onAudioDelta: () => line.onAudioDelta(),
      onSound: ({ pcm, rateHz }) => this.#avatar.say(pcm, rateHz),
      onCutIn: () => this.#avatar.hush(),
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
      case 'session.avatar.connect':
        this.#connectAvatar(event.client_sdp);
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
      case 'output_audio_buffer.clear':
        this.#clearOutput();
        break;
    }
  }

  async close(): Promise<void> {
    await this.session.close();
    await this.#avatar.close();
  }

  #update(session: Readonly<Record<string, unknown>>): void {
    const update = checked(sessionUpdate, session, 'session');
    const state = { ...this.#state, ...update };
    checkForModel(state, this.#model);
    if (this.#apiVersion === '2025-10-01' && state.tools?.some(({ type }) => type === 'mcp')) {
      throw new WireError('invalid_value', 'MCP tools need a newer API version.', {
        param: 'session.tools',
      });
    }
    if (this.session.hasSpoken && voiceName(state.voice) !== voiceName(this.#state.voice)) {
      throw new WireError(
        'cannot_update_voice',
        "Cannot update a conversation's voice if assistant audio is present.",
        { param: 'session.voice' },
      );
    }
    const settings = settingsOf(state);
    this.#state = state;
    this.#line.send({ type: 'session.updated', session: this.#sessionOnWire() });
    this.session.configure(settings);
  }

  #connectAvatar(clientSdp: string): void {
    const { modalities, avatar } = this.#state;
    if (!modalities?.includes('avatar') || avatar?.output_protocol === 'websocket') {
      throw new WireError('invalid_request', 'This session has no avatar over WebRTC.');
    }
    const refuse = (reason: string) =>
      this.#line.sendError(
        new WireError('avatar_service_internal_error', `Avatar connection failed: ${reason}`),
      );
    if (this.#line.faults.take('no-avatar')) {
      refuse('no renderer is free.');
      return;
    }
    void this.#avatar.connect(clientSdp).catch((error: unknown) => {
      refuse(error instanceof Error ? error.message : String(error));
    });
  }

  #respond(options: ResponseOptions): void {
    const { session } = this;
    const settings = overridden(this.#state, options);
    if (options.cancel_previous) session.cancelIfActive();
    if (options.commit) session.commit();
    for (const item of options.append_input_items ?? []) {
      session.createItem(itemFrom(item), undefined);
    }
    session.respond({
      settings,
      metadata: options.metadata ?? null,
      input: options.input_items?.map(itemFrom),
      remembered: options.conversation !== 'none',
      preGenerated: options.pre_generated_assistant_message?.content[0]?.text,
    });
  }

  #clearOutput(): void {
    if (!this.#state.modalities?.includes('avatar')) {
      throw new WireError('invalid_request', 'output_audio_buffer.clear is for avatars only.');
    }
    this.#avatar.hush();
    this.#line.send({ type: 'output_audio_buffer.cleared' });
  }

  get #iceServers(): object[] {
    return [{ urls: [this.#iceUrl], username: 'avatar', credential: 'for-this-video-only' }];
  }

  #sessionOnWire(): WireEvent['session'] {
    const { avatar } = this.#state;
    return {
      id: this.#sessionId,
      object: 'realtime.session',
      model: this.#model,
      ...this.#state,
      ...(avatar && { avatar: { ...avatar, ice_servers: avatar.ice_servers ?? this.#iceServers } }),
      ...(this.#state.tools && { tools: this.#state.tools.map(withoutSecrets) }),
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
          if (part.type === 'input_image') return readPicture(part.image_url);
          return part.type === 'input_audio'
            ? { kind: 'heard', durationMs: 0, transcript: part.transcript ?? '' }
            : { kind: 'text', text: part.text };
        }),
      };
    case 'function_call':
      return {
        ...common,
        type: 'function_call',
        name: item.name,
        callId: item.call_id,
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
