import { Mind } from '../mind/mind.ts';
import type { Belief } from '../realtime/conversation.ts';
import type { Fault } from '../realtime/faults.ts';
import { SocketService, type Refusal, type UpgradeRequest } from '../realtime/socket-service.ts';
import type { LoggedEvent } from '../realtime/wire-log.ts';
import { VoiceLiveConversing } from './conversing.ts';
import { StunServer } from './stun.ts';

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
  /** How often a client has used the server that it was named for the video of an avatar. */
  readonly iceRequests: number;
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
  const stun = await StunServer.start();
  const service = await SocketService.start(
    {
      refuse: ({ path, query }, headers) =>
        refusalOf(path, query, headers['api-key'], headers.authorization, { apiKey, bearerToken }),
      converse: (line) => new VoiceLiveConversing(line, mind, { echoesMetadata, iceUrl: stun.url }),
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
    get iceRequests() {
      return stun.answered;
    },
    believes: () => service.believes(),
    fault: (fault) => service.fault(fault),
    stop: async () => {
      await service.stop();
      await stun.stop();
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
