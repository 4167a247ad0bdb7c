import { Mind } from '../mind/mind.ts';
import type { Belief } from '../realtime/conversation.ts';
import type { Fault } from '../realtime/faults.ts';
import { SocketService, type Refusal, type UpgradeRequest } from '../realtime/socket-service.ts';
import type { LoggedEvent } from '../realtime/wire-log.ts';
import { OpenaiConversing } from './conversing.ts';

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
