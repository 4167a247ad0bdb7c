import { Mind } from '../mind/mind.ts';
import type { Belief, Item } from '../realtime/conversation.ts';
import type { WireEvent } from '../realtime/dialect.ts';
import type { Fault } from '../realtime/faults.ts';
import { newId } from '../realtime/ids.ts';
import { RealtimeSession } from '../realtime/session.ts';
import {
  SocketService,
  type Conversing,
  type Line,
  type Refusal,
  type UpgradeRequest,
} from '../realtime/socket-service.ts';
import { checked, WireError } from '../realtime/wire-error.ts';
import type { LoggedEvent } from '../realtime/wire-log.ts';
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

export interface VoiceLiveOptions {
  /** 0 for any. */
  readonly port?: number;
  readonly apiKey?: string;
  /** A token of Entra ID. */
  readonly bearerToken?: string;
  /** Whether `response.created` brings back the metadata of `response.create`; not settled for the real service. */
  readonly echoesMetadata?: boolean;
  readonly sessionLimitMs?: number;
}

export interface VoiceLiveEmulator {
  /** For `AZURE_VOICELIVE_ENDPOINT`. */
  readonly url: string;
  readonly apiKey: string;
  readonly bearerToken: string;
  /** Every upgrade that was asked for. */
  readonly requests: readonly UpgradeRequest[];
  /** Every event of every connection, both ways. */
  readonly events: readonly LoggedEvent[];
  /** The conversation as the newest session has it: what was cut is not in it. */
  believes(): readonly Belief[];
  fault(fault: Fault): void;
  stop(): Promise<void>;
}

const apiVersions = [
  '2025-10-01',
  '2026-01-01-preview',
  '2026-04-10',
  '2026-06-01-preview',
  '2026-07-15',
];
const models =
  /^(?:gpt-realtime(?:-[\w.]+)*|gpt-4o(?:-mini)?|gpt-4\.1(?:-mini|-nano)?|gpt-5(?:\.\d)?(?:-\w+)*|phi4-mm-realtime|phi4-mini|azure-realtime)$/;
const defaultLimitMs = 30 * 60_000;

/** Azure Voice Live on localhost, after Microsoft's "Voice Live API Reference 2026-04-10" and its how-to pages. */
export async function startVoiceLive({
  port = 0,
  apiKey = 'voice-live-test-key',
  bearerToken = 'voice-live-test-token',
  echoesMetadata = true,
  sessionLimitMs = defaultLimitMs,
}: VoiceLiveOptions = {}): Promise<VoiceLiveEmulator> {
  const mind = await Mind.start({ name: 'Voice Live' });
  const service = await SocketService.start(
    {
      refuse: ({ path, query }, headers) =>
        refusalOf(path, query, headers['api-key'], headers.authorization, { apiKey, bearerToken }),
      converse: (line) => new VoiceLiveConversing(line, mind, echoesMetadata),
      sessionLimitMs: () => sessionLimitMs,
    },
    port,
  );
  return {
    url: service.origin,
    apiKey,
    bearerToken,
    requests: service.upgrades,
    events: service.events,
    believes: () => service.believes(),
    fault: (fault) => service.fault(fault),
    stop: async () => {
      await service.stop();
      await mind.stop();
    },
  };
}

function refusalOf(
  path: string,
  query: Readonly<Record<string, string>>,
  key: string | string[] | undefined,
  authorization: string | undefined,
  credentials: { apiKey: string; bearerToken: string },
): Refusal | undefined {
  if (path !== '/voice-live/realtime') {
    return { status: 404, code: 'not_found', message: `There is nothing at ${path}.` };
  }
  const allowed =
    key === undefined
      ? authorization === `Bearer ${credentials.bearerToken}`
      : key === credentials.apiKey;
  if (!allowed) {
    return { status: 401, code: '401', message: 'Access denied due to invalid subscription key.' };
  }
  const { 'api-version': version = '', model = '' } = query;
  if (!apiVersions.includes(version)) {
    return {
      status: 400,
      code: 'unsupported_api_version',
      message: `No API version '${version}'.`,
    };
  }
  if (!models.test(model)) {
    return { status: 400, code: 'unsupported_model', message: `No model '${model}'.` };
  }
  return undefined;
}

class VoiceLiveConversing implements Conversing {
  readonly session: RealtimeSession;
  readonly #line: Line;
  readonly #model: string;
  readonly #apiVersion: string;
  readonly #sessionId = newId('sess');
  readonly #avatar: Avatar;
  #state: SessionState;

  constructor(line: Line, mind: Mind, echoesMetadata: boolean) {
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
    void this.#avatar.connect(clientSdp).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      this.#line.sendError(
        new WireError('avatar_connection_failed', `The SDP cannot be used: ${reason}`, {
          param: 'client_sdp',
        }),
      );
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

  #sessionOnWire(): WireEvent['session'] {
    return {
      id: this.#sessionId,
      object: 'realtime.session',
      model: this.#model,
      ...this.#state,
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
        parts: item.content.map((part) =>
          part.type === 'input_audio'
            ? { kind: 'heard', durationMs: 0, transcript: part.transcript ?? '' }
            : { kind: 'text', text: part.text },
        ),
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
