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
import { clientEvent, type RequestItem, type ResponseOptions } from './client-events.ts';
import { openaiDialect } from './dialect.ts';
import { sessionUpdate, type SessionState } from './session-schema.ts';
import { defaultState, overridden, settingsOf, updated, voiceName } from './settings.ts';

export interface OpenaiOptions {
  /** 0 for any. */
  readonly port?: number;
  readonly apiKey?: string;
  /** A token of Entra ID, for Azure's paths. */
  readonly bearerToken?: string;
  /** Names of Azure's deployments, each with the model in it. */
  readonly deployments?: Readonly<Record<string, string>>;
  readonly echoesMetadata?: boolean;
  /** Without it 60 minutes, on Azure 30. */
  readonly sessionLimitMs?: number;
}

export interface OpenaiEmulator {
  /** For `OPENAI_BASE_URL`. */
  readonly url: string;
  /** For `AZURE_OPENAI_ENDPOINT`. */
  readonly azureUrl: string;
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

const openaiPath = '/v1/realtime';
const azurePath = '/openai/v1/realtime';
const models = /^gpt-(?:realtime(?:-[\w.]+)*|4o(?:-mini)?-realtime-preview(?:-[\d-]+)?)$/;
const limitsMs = { [openaiPath]: 60 * 60_000, [azurePath]: 30 * 60_000 } as const;

/**
 * OpenAI's Realtime API over WebSocket on localhost, after the API reference as OpenAI's own Node library declares it;
 * under `/openai/v1/realtime` the same as Azure OpenAI serves it.
 */
export async function startOpenai({
  port = 0,
  apiKey = 'openai-test-key',
  bearerToken = 'azure-openai-test-token',
  deployments = { 'gpt-realtime': 'gpt-realtime' },
  echoesMetadata = true,
  sessionLimitMs,
}: OpenaiOptions = {}): Promise<OpenaiEmulator> {
  const mind = await Mind.start({ name: 'OpenAI Realtime' });
  const service = await SocketService.start(
    {
      refuse: (request, headers) =>
        request.path === azurePath
          ? refusalOfAzure(request, headers, { apiKey, bearerToken, deployments })
          : refusalOfOpenai(request, headers.authorization, apiKey),
      converse: (line) => {
        const { path, query } = line.upgrade;
        const named = query['model'] ?? '';
        const model = path === azurePath ? (deployments[named] ?? named) : named;
        return new OpenaiConversing(line, { mind, model, alias: named, echoesMetadata });
      },
      sessionLimitMs: ({ path }) =>
        sessionLimitMs ?? limitsMs[path === azurePath ? azurePath : openaiPath],
    },
    port,
  );
  return {
    url: `${service.origin}/v1`,
    azureUrl: service.origin,
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

function refusalOfOpenai(
  { path, query }: UpgradeRequest,
  authorization: string | undefined,
  apiKey: string,
): Refusal | undefined {
  if (path !== openaiPath) return { status: 404, code: 'not_found', message: `No ${path}.` };
  if (authorization !== `Bearer ${apiKey}`) {
    return { status: 401, code: 'invalid_api_key', message: 'Incorrect API key provided.' };
  }
  if (!models.test(query['model'] ?? '')) {
    return { status: 400, code: 'model_not_found', message: 'The model does not exist.' };
  }
  return undefined;
}

function refusalOfAzure(
  { query }: UpgradeRequest,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  accepted: {
    apiKey: string;
    bearerToken: string;
    deployments: Readonly<Record<string, string>>;
  },
): Refusal | undefined {
  const key = headers['api-key'];
  const allowed =
    key === undefined
      ? headers['authorization'] === `Bearer ${accepted.bearerToken}`
      : key === accepted.apiKey;
  if (!allowed) {
    return { status: 401, code: '401', message: 'Access denied due to invalid subscription key.' };
  }
  if (query['api-version'] !== undefined) {
    return { status: 400, code: 'BadRequest', message: 'This path takes no api-version.' };
  }
  if (!Object.hasOwn(accepted.deployments, query['model'] ?? '')) {
    return {
      status: 404,
      code: 'DeploymentNotFound',
      message: 'The API deployment for this resource does not exist.',
    };
  }
  return undefined;
}

interface ConversingOptions {
  readonly mind: Mind;
  readonly model: string;
  /** What the client calls the model: on Azure the name of a deployment. */
  readonly alias: string;
  readonly echoesMetadata: boolean;
}

class OpenaiConversing implements Conversing {
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
          if (part.type === 'input_image') return { kind: 'text', text: '' };
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
