import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { config as loadDotenv } from 'dotenv';
import { z } from 'zod';
import { projectRoot } from './root.ts';

/** Pino's, from the most to the least talkative. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What server and launcher take from the environment. The agent reads its own part. */
export interface Environment {
  readonly livekit: {
    /** Where this machine reaches LiveKit: ws://, wss://. */
    readonly url: string;
    /** Where browsers reach it. */
    readonly publicUrl: string;
    readonly apiKey: string;
    readonly apiSecret: string;
    /** Empty: the agent comes to every room by itself. */
    readonly agentName: string;
    /** `own`: nobody named a server, so the launcher starts one on this machine. */
    readonly kind: 'own' | 'given';
    /** Signalling port of the launcher's own server; media uses the two above it. */
    readonly port: number;
    /** Whether the launcher's own server offers media over UDP as well as over TCP. */
    readonly udp: boolean;
    /** A way in over TLS at the launcher's own server, for networks that let nothing else out. */
    readonly turn: TurnRelay | undefined;
  };
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** What Fastify calls trustProxy: addresses whose X-Forwarded-For is believed. */
    readonly trustedProxies: string | undefined;
    readonly tokenSecret: string | undefined;
    /** Whose signed tokens open the token endpoint. */
    readonly identityProvider: IdentityProvider | undefined;
    /** Opens `/metrics`; without it there is no such place. */
    readonly metricsKey: string | undefined;
    /** Tokens (and dispatches) that one client may ask for in a minute. */
    readonly requestsPerMinute: number;
    /** Whether the page may connect to LiveKit servers that the person names. */
    readonly manualConnect: boolean;
    /** Sites whose pages may have the assistant in them. */
    readonly embedOrigins: readonly string[];
  };
  readonly cacheFolder: string;
  readonly logLevel: LogLevel;
}

export interface TurnRelay {
  readonly domain: string;
  readonly port: number;
  /** Files in PEM; browsers refuse a certificate that they do not trust, without a word to the person. */
  readonly certFile: string;
  readonly keyFile: string;
}

/** An issuer of signed tokens (JWT) that says who asks, in the manner of OpenID Connect. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly audience: string;
  /** Its public keys; undefined: where its own description says. */
  readonly keysUrl: string | undefined;
}

/** One sentence for each value that cannot be used. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly sentences: readonly string[];

  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'));
    this.sentences = sentences;
  }
}

type Variables = Readonly<Record<string, string | undefined>>;

const port = (highest: number) =>
  z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((value) => value >= 1 && value <= highest);

const socketUrl = z
  .string()
  .refine((text) => URL.canParse(text) && /^(ws|http)s?:$/.test(new URL(text).protocol));

/** Keys that come over a line anybody can write to would be keys of anybody. */
const secureUrl = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  if (username || password) return false;
  return protocol === 'https:' || (protocol === 'http:' && isThisMachine(text));
});

/** Of pages that browsers give a microphone to. */
const origins = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .refine((all) => all.every(isSecureOrigin));

const onOff = z.enum(['on', 'off']).transform((value) => value === 'on');

const variables = z.object({
  LIVEKIT_URL: socketUrl.optional(),
  LIVEKIT_PUBLIC_URL: socketUrl.optional(),
  LIVEKIT_API_KEY: z.string().optional(),
  LIVEKIT_API_SECRET: z.string().optional(),
  LIVEKIT_AGENT_NAME: z.string().max(128).default(''),
  PARLEY_LIVEKIT_PORT: port(65_533).default(7880),
  PARLEY_LIVEKIT_UDP: onOff.default(true),
  PARLEY_TURN_DOMAIN: z
    .string()
    .regex(/^[^\s/:]+$/)
    .optional(),
  PARLEY_TURN_PORT: port(65_535).default(5349),
  PARLEY_TURN_CERT: z.string().optional(),
  PARLEY_TURN_KEY: z.string().optional(),
  HOST: z
    .string()
    .regex(/^[^\s/]+$/)
    .default('localhost'),
  PORT: port(65_535).default(3000),
  PARLEY_TRUSTED_PROXIES: z.string().optional(),
  PARLEY_TOKEN_SECRET: z.string().min(16).optional(),
  PARLEY_OIDC_ISSUER: secureUrl.optional(),
  PARLEY_OIDC_AUDIENCE: z.string().max(512).optional(),
  PARLEY_OIDC_KEYS: secureUrl.optional(),
  PARLEY_METRICS_KEY: z.string().min(16).optional(),
  PARLEY_TOKEN_RATE: z
    .string()
    .regex(/^[1-9]\d{0,5}$/)
    .transform(Number)
    .default(20),
  PARLEY_MANUAL_CONNECT: onOff.default(true),
  PARLEY_EMBED_ORIGINS: origins.default([]),
  PARLEY_CACHE: z.string().optional(),
  LOG_LEVEL: z.enum(logLevels).default('warn'),
});
type Name = keyof z.infer<typeof variables>;

/** All that stands in the environment by a name of ours. */
export const serverVariables: readonly string[] = Object.keys(variables.shape);

/** What would be right, said after the name of the variable. */
const rightValue: Readonly<Record<Name, string>> = {
  LIVEKIT_URL: 'must be the address of a LiveKit server, such as wss://livekit.example.com',
  LIVEKIT_PUBLIC_URL:
    'must be the LiveKit address that browsers use, such as wss://livekit.example.com',
  LIVEKIT_API_KEY: 'must be an API key of the LiveKit server',
  LIVEKIT_API_SECRET: 'must be the secret of that API key',
  LIVEKIT_AGENT_NAME: 'must be a name of at most 128 characters, or empty',
  PARLEY_LIVEKIT_PORT: 'must be a port number from 1 to 65533, such as 7880',
  PARLEY_LIVEKIT_UDP: 'must be on or off',
  PARLEY_TURN_DOMAIN: 'must be a host name that the certificate is for, such as turn.example.com',
  PARLEY_TURN_PORT: 'must be a port number from 1 to 65535, such as 5349',
  PARLEY_TURN_CERT: 'must be a file with the certificate in PEM',
  PARLEY_TURN_KEY: 'must be a file with the key of the certificate in PEM',
  HOST: 'must be a host name or an address, such as localhost or 0.0.0.0',
  PORT: 'must be a port number from 1 to 65535, such as 3000',
  PARLEY_TRUSTED_PROXIES:
    'must be addresses with commas between them, such as 10.0.0.0/8, or loopback',
  PARLEY_TOKEN_SECRET: 'must have at least 16 characters',
  PARLEY_OIDC_ISSUER:
    'must be the https:// address that stands as "iss" in its tokens, such as https://id.example.com',
  PARLEY_OIDC_AUDIENCE: 'must be what stands as "aud" in the tokens that are meant for this server',
  PARLEY_OIDC_KEYS: 'must be the https:// address of the public keys (JWKS)',
  PARLEY_METRICS_KEY: 'must have at least 16 characters',
  PARLEY_TOKEN_RATE: 'must be a number of requests in a minute, such as 20',
  PARLEY_MANUAL_CONNECT: 'must be on or off',
  PARLEY_EMBED_ORIGINS:
    'must be origins with commas between them, such as https://www.example.com (no path, no *)',
  PARLEY_CACHE: 'must be a folder',
  LOG_LEVEL: `must be one of ${logLevels.join(', ')}`,
};

/** May hold secrets, so a wrong value is not repeated. */
const secretNames: ReadonlySet<string> = new Set([
  'LIVEKIT_API_SECRET',
  'PARLEY_TOKEN_SECRET',
  'PARLEY_METRICS_KEY',
]);

/** Reads `.env` of the project into `process.env`; what is already set there wins. */
export function loadDotenvFile(): void {
  loadDotenv({ path: join(projectRoot, '.env'), quiet: true });
}

/** Throws an `EnvironmentError` that names every wrong value. An empty value counts as not set. */
export function readEnvironment(source: Variables): Environment {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map((issue) => issue.path[0] as Name));
    throw new EnvironmentError([...names].map((name) => describe(name, given[name])));
  }
  const values = parsed.data;
  const ownUrl = `ws://localhost:${values.PARLEY_LIVEKIT_PORT}`;
  const url = toSocketUrl(values.LIVEKIT_URL ?? ownUrl);
  requireKeys(values, url);
  return {
    livekit: {
      url,
      publicUrl: toSocketUrl(values.LIVEKIT_PUBLIC_URL ?? url),
      // The keys of `livekit-server --dev`, known to everybody and good only on this machine.
      apiKey: values.LIVEKIT_API_KEY ?? 'devkey',
      apiSecret: values.LIVEKIT_API_SECRET ?? 'secret',
      agentName: values.LIVEKIT_AGENT_NAME,
      kind: values.LIVEKIT_URL === undefined ? 'own' : 'given',
      port: values.PARLEY_LIVEKIT_PORT,
      udp: values.PARLEY_LIVEKIT_UDP,
      turn: turnRelayOf(values),
    },
    http: {
      host: values.HOST,
      port: values.PORT,
      trustedProxies: values.PARLEY_TRUSTED_PROXIES,
      tokenSecret: values.PARLEY_TOKEN_SECRET,
      identityProvider: identityProviderOf(values),
      metricsKey: values.PARLEY_METRICS_KEY,
      requestsPerMinute: values.PARLEY_TOKEN_RATE,
      manualConnect: values.PARLEY_MANUAL_CONNECT,
      embedOrigins: values.PARLEY_EMBED_ORIGINS,
    },
    cacheFolder: resolve(values.PARLEY_CACHE ?? defaultCacheFolder(given, process.platform)),
    logLevel: values.LOG_LEVEL,
  };
}

function describe(name: Name, value: string | undefined): string {
  const shown = value === undefined || secretNames.has(name) ? '' : ` (it is "${value}")`;
  return `${name} ${rightValue[name]}${shown}.`;
}

function requireKeys(values: z.infer<typeof variables>, url: string): void {
  const { LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } = values;
  if ((key === undefined) !== (secret === undefined)) {
    const missing = key === undefined ? 'LIVEKIT_API_KEY' : 'LIVEKIT_API_SECRET';
    throw new EnvironmentError([
      `${missing} is missing: set LIVEKIT_API_KEY and LIVEKIT_API_SECRET together, or neither.`,
    ]);
  }
  if (key === undefined && !isThisMachine(url)) {
    throw new EnvironmentError([
      'LIVEKIT_API_KEY and LIVEKIT_API_SECRET are missing: the server at LIVEKIT_URL needs its own pair.',
    ]);
  }
}

function turnRelayOf(values: z.infer<typeof variables>): TurnRelay | undefined {
  const {
    PARLEY_TURN_DOMAIN: domain,
    PARLEY_TURN_PORT: port,
    PARLEY_TURN_CERT: certFile,
    PARLEY_TURN_KEY: keyFile,
  } = values;
  if (domain === undefined && certFile === undefined && keyFile === undefined) return undefined;
  if (domain === undefined || certFile === undefined || keyFile === undefined) {
    throw new EnvironmentError([
      'PARLEY_TURN_DOMAIN, PARLEY_TURN_CERT and PARLEY_TURN_KEY belong together: set all three, or none.',
    ]);
  }
  return { domain, port, certFile: resolve(certFile), keyFile: resolve(keyFile) };
}

function identityProviderOf(values: z.infer<typeof variables>): IdentityProvider | undefined {
  const {
    PARLEY_OIDC_ISSUER: issuer,
    PARLEY_OIDC_AUDIENCE: audience,
    PARLEY_OIDC_KEYS: keysUrl,
  } = values;
  if (issuer === undefined && audience === undefined && keysUrl === undefined) return undefined;
  // Without an audience, a token for any other service of the same issuer would do here.
  if (issuer === undefined || audience === undefined) {
    const missing = issuer === undefined ? 'PARLEY_OIDC_ISSUER' : 'PARLEY_OIDC_AUDIENCE';
    throw new EnvironmentError([
      `${missing} is missing: set PARLEY_OIDC_ISSUER and PARLEY_OIDC_AUDIENCE together, or neither.`,
    ]);
  }
  return { issuer, audience, keysUrl };
}

function isSecureOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol } = new URL(text);
  return !text.includes('*') && origin === text && (protocol === 'https:' || isThisMachine(text));
}

function isThisMachine(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}

/** livekit-client takes both, the worker only ws. */
function toSocketUrl(url: string): string {
  return url.replace(/^http/, 'ws').replace(/\/$/, '');
}

export function defaultCacheFolder(source: Variables, platform: NodeJS.Platform): string {
  if (source.XDG_CACHE_HOME !== undefined) return join(source.XDG_CACHE_HOME, 'parley');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'parley');
  if (platform === 'win32') {
    return join(source.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'parley');
  }
  return join(homedir(), '.cache', 'parley');
}
