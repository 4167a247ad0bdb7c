import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { providerId, type ProviderId } from '#protocol/provider.ts';

const empty = (value: unknown): unknown => (value === '' ? undefined : value);
const text = z.preprocess(empty, z.string().optional());
const address = (protocols: readonly string[], example: string) =>
  z.preprocess(
    empty,
    z
      .string()
      .refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
        message: `should be an address such as ${example}`,
      })
      .optional(),
  );

const schema = z.object({
  LIVEKIT_URL: address(['ws:', 'wss:', 'http:', 'https:'], 'ws://localhost:7880'),
  LIVEKIT_API_KEY: text,
  LIVEKIT_API_SECRET: text,
  LIVEKIT_AGENT_NAME: text,
  LLM_BASE_URL: address(['http:', 'https:'], 'http://localhost:11434/v1'),
  LLM_MODEL: text,
  LLM_API_KEY: text,
  PARLEY_CACHE: text,
  PARLEY_KNOWLEDGE: text,
  PARLEY_MCP: text,
  PARLEY_PROVIDER: z.preprocess(
    empty,
    z
      .enum(providerId.options, { message: `should be one of ${providerId.options.join(', ')}` })
      .default('embedded'),
  ),
  PARLEY_WORKER_STATUS: z.preprocess(
    empty,
    z
      .string()
      .regex(/^[^\s/:]+:\d{1,5}$/, {
        message: 'should be a host and a port, such as 127.0.0.1:8090',
      })
      .optional(),
  ),
  PARLEY_METRICS_KEY: z.preprocess(
    empty,
    z.string().min(16, { message: 'should have at least 16 characters' }).optional(),
  ),
  PARLEY_GREETING: z.string().max(400).optional(),
  PARLEY_JOB_MEMORY: z.preprocess(
    empty,
    z
      .string()
      .regex(/^[1-9]\d{2,5}$/, { message: 'should be a number of megabytes, such as 1500' })
      .transform(Number)
      .default(1500),
  ),
  LOG_LEVEL: z.preprocess(
    empty,
    z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
        message: 'should be one of fatal, error, warn, info, debug, trace, silent',
      })
      .default('info'),
  ),
});

/** All that stands in the environment by a name of ours. */
export const agentVariables: readonly string[] = Object.keys(schema.shape);

/** What the agent takes from its environment; paths are absolute. */
export interface AgentEnvironment {
  readonly livekit: { readonly url: string; readonly apiKey: string; readonly apiSecret: string };
  /** Empty: rooms are taken as they open (automatic dispatch). */
  readonly agentName: string;
  readonly languageModel:
    | { readonly baseUrl: string; readonly model: string; readonly apiKey: string | undefined }
    | undefined;
  readonly cacheFolder: string;
  readonly knowledgeFolder: string;
  /** What answers where the person has not chosen. */
  readonly provider: ProviderId;
  /** The file that names the MCP servers. */
  readonly mcpFile: string | undefined;
  /** Where the worker's health is told; `metricsKey` opens its figures as well. */
  readonly status:
    | { readonly host: string; readonly port: number; readonly metricsKey: string | undefined }
    | undefined;
  /** Said when a conversation begins; empty to begin in silence. */
  readonly greeting: string;
  /** A conversation whose process holds more than this, in megabytes, is given a new one. */
  readonly jobMegabytes: number;
  readonly logLevel: string;
}

/** Thrown with one line a wrong variable, each saying what would be right. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/** Reads and checks the environment. Throws an `EnvironmentError`. */
export function readAgentEnvironment(
  env: Readonly<Record<string, string | undefined>> = process.env,
): AgentEnvironment {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`);
    throw new EnvironmentError(lines.join('\n'));
  }
  const values = parsed.data;
  if (Boolean(values.LLM_BASE_URL) !== Boolean(values.LLM_MODEL)) {
    const missing = values.LLM_BASE_URL ? 'LLM_MODEL' : 'LLM_BASE_URL';
    throw new EnvironmentError(
      `${missing} is missing: a language model needs both its address and its name.`,
    );
  }
  return {
    livekit: {
      url: values.LIVEKIT_URL ?? 'ws://localhost:7880',
      apiKey: values.LIVEKIT_API_KEY ?? 'devkey',
      apiSecret: values.LIVEKIT_API_SECRET ?? 'secret',
    },
    agentName: values.LIVEKIT_AGENT_NAME ?? '',
    languageModel:
      values.LLM_BASE_URL && values.LLM_MODEL
        ? { baseUrl: values.LLM_BASE_URL, model: values.LLM_MODEL, apiKey: values.LLM_API_KEY }
        : undefined,
    cacheFolder: values.PARLEY_CACHE ? resolve(values.PARLEY_CACHE) : defaultCacheFolder(env),
    knowledgeFolder: resolve(values.PARLEY_KNOWLEDGE ?? 'knowledge'),
    provider: values.PARLEY_PROVIDER,
    mcpFile: values.PARLEY_MCP ? resolve(values.PARLEY_MCP) : undefined,
    status: statusOf(values),
    greeting: values.PARLEY_GREETING ?? 'Hello, I am Parley. What can I do for you?',
    jobMegabytes: values.PARLEY_JOB_MEMORY,
    logLevel: values.LOG_LEVEL,
  };
}

function statusOf({
  PARLEY_WORKER_STATUS: address,
  PARLEY_METRICS_KEY: metricsKey,
}: z.infer<typeof schema>): AgentEnvironment['status'] {
  const [host, port] = address?.split(':') ?? [];
  if (host === undefined) return undefined;
  return { host, port: Number(port), metricsKey };
}

/** The folder for files that can be fetched again, where the system keeps such. */
export function defaultCacheFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string {
  if (env['XDG_CACHE_HOME']) return join(env['XDG_CACHE_HOME'], 'parley');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'parley');
  if (platform === 'win32') {
    return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'parley');
  }
  return join(homedir(), '.cache', 'parley');
}
