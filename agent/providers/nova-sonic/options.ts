import type { BedrockRuntimeClientConfig } from '@aws-sdk/client-bedrock-runtime';
import type { NovaSonicError } from './errors.ts';
import type { RetryLimits } from './retry.ts';
import type { EndpointingSensitivity } from './wire/input-events.ts';

/** Times in ms. The defaults fit the service; tests shorten them. */
export interface NovaSonicLimits extends RetryLimits {
  /** The service ends a connection after 8 minutes. From this age on it is renewed at the next quiet moment. */
  readonly renewAfterMs: number;
  /** At this age it is renewed, quiet or not; where a reply is being made, between two pieces of it. */
  readonly forceAfterMs: number;
  /** At this age it is renewed even in the midst of a piece. */
  readonly cutAfterMs: number;
  /** Nobody has spoken for so long: a quiet moment. */
  readonly quietMs: number;
  /** A connection is renewed so long before its credentials expire. */
  readonly credentialLeadMs: number;
  /** A new connection takes over when the service has accepted it, or after so long without a refusal. */
  readonly takeOverMs: number;
  /** The network has taken nothing for so long: the connection is given up. */
  readonly stallMs: number;
  /** For how long `generateReply` waits for a reply. */
  readonly replyMs: number;
  /** How long after an interruption a tool may still answer, before an error is sent in its place. */
  readonly toolGraceMs: number;
  /** How much speech that was not answered yet is kept for a new connection. */
  readonly speechKeptMs: number;
}

export const defaultLimits: NovaSonicLimits = {
  renewAfterMs: 6 * 60_000,
  forceAfterMs: 7 * 60_000 + 20_000,
  cutAfterMs: 7 * 60_000 + 50_000,
  quietMs: 1000,
  credentialLeadMs: 3 * 60_000,
  takeOverMs: 3000,
  stallMs: 10_000,
  replyMs: 20_000,
  toolGraceMs: 3000,
  speechKeptMs: 15_000,
  quickTries: 3,
  maxDelayMs: 10_000,
  slowDelayMs: 15_000,
};

/** What can be changed while a session runs: a new connection takes it up at the next quiet moment, unheard. */
export interface NovaSonicSettings {
  /** One of `voices`. */
  readonly voice: string;
  readonly endpointingSensitivity: EndpointingSensitivity;
  readonly maxTokens: number;
  /** 0 to 1. */
  readonly topP: number;
  /** 0 to 1. */
  readonly temperature: number;
  /** The language to answer in, in English words; without it the model answers in the language that it hears. */
  readonly language: string | undefined;
}

export const defaultSettings: NovaSonicSettings = {
  voice: 'tiffany',
  endpointingSensitivity: 'MEDIUM',
  maxTokens: 1024,
  topP: 0.9,
  temperature: 0.7,
  language: undefined,
};

export interface NovaSonicOptions extends Partial<NovaSonicSettings> {
  readonly model?: string;
  /** AWS region; without it, what the AWS configuration says. */
  readonly region?: string;
  /** Another address of Bedrock; `AWS_ENDPOINT_URL_BEDROCK_RUNTIME` works as well. */
  readonly endpoint?: string;
  /** Access keys, or a provider of them; without it, the default chain of the AWS SDK. */
  readonly credentials?: NonNullable<BedrockRuntimeClientConfig['credentials']>;
  readonly limits?: Partial<NovaSonicLimits>;
  readonly onConnection?: (state: ConnectionState, detail: string) => void;
  readonly onProblem?: (error: NovaSonicError) => void;
}

/** `renewed`: another connection has taken over, and nobody heard it. */
export type ConnectionState = 'connected' | 'reconnecting' | 'renewed';
