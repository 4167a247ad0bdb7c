import type { VoiceLiveError } from './connection/failure.ts';
import type { AudioFormat } from './audio/formats.ts';
import type { TurnDetection } from './turn-detection.ts';
import type { Voice } from './voices.ts';

/** Anything of `@azure/identity`, for example `new DefaultAzureCredential()`. */
export interface TokenSource {
  getToken(scope: string): Promise<{ readonly token: string } | null>;
}

export type Credential = { readonly apiKey: string } | { readonly entra: TokenSource };

export interface Transcription {
  /** `azure-speech`, `mai-transcribe`, `whisper-1`, `gpt-4o-transcribe`, `gpt-4o-mini-transcribe`, `gpt-4o-transcribe-diarize`. */
  readonly model: string;
  /** `en-US`, `en`, or several to choose from: `en,vi`. */
  readonly language?: string;
  /** Of the OpenAI models. */
  readonly prompt?: string;
  /** Words to expect; of azure-speech. */
  readonly phrases?: readonly string[];
  /** Custom speech models by locale; of azure-speech. */
  readonly customSpeech?: Readonly<Record<string, string>>;
}

/** A filler, said while an answer takes its time. Of text models with an Azure voice only. */
export type InterimResponse = {
  readonly triggers?: readonly ('latency' | 'tool')[];
  readonly latencyThresholdMs?: number;
} & (
  | { readonly type: 'static'; readonly texts: readonly string[] }
  | {
      readonly type: 'llm';
      readonly model?: string;
      readonly instructions?: string;
      readonly maxCompletionTokens?: number;
    }
);

/** Tools of a server that the service itself calls. */
export interface McpServer {
  readonly label: string;
  readonly url: string;
  readonly authorization?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** All, where absent. */
  readonly allowedTools?: readonly string[];
  /** The service takes `always`. */
  readonly requireApproval?:
    | 'always'
    | 'never'
    | { readonly always?: readonly string[]; readonly never?: readonly string[] };
}

export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

export interface Avatar {
  readonly character: string;
  readonly style?: string;
  /** `photo-avatar` is driven by `model`, for example `vasa-1`. */
  readonly type?: 'video-avatar' | 'photo-avatar';
  readonly model?: string;
  readonly customized?: boolean;
  readonly iceServers?: readonly IceServer[];
  readonly video?: {
    readonly bitrate?: number;
    readonly crop?: {
      readonly topLeft: readonly [number, number];
      readonly bottomRight: readonly [number, number];
    };
    readonly resolution?: { readonly width: number; readonly height: number };
    readonly background?: { readonly color: string } | { readonly imageUrl: string };
  };
}

export interface McpCall {
  readonly callId: string;
  readonly server: string;
  readonly tool: string;
  /** JSON. */
  readonly input: string;
}

/** What there is to tell beside the events of a `RealtimeSession`. A hook that throws is ignored. */
export interface Hooks {
  readonly onConnection?: (state: 'connected' | 'reconnecting' | 'renewed', detail: string) => void;
  /** Also what the session emits as `error`, with its kind. */
  readonly onProblem?: (problem: VoiceLiveError) => void;
  /** `offsetMs` into the sound of the message. */
  readonly onViseme?: (visemeId: number, offsetMs: number) => void;
  /** Without it, every call that needs an approval is refused. */
  readonly approveMcpCall?: (call: McpCall) => Promise<boolean>;
  readonly onMcpCallStarted?: (call: McpCall) => void;
  readonly onMcpCallFinished?: (result: {
    readonly callId: string;
    readonly outcome: 'done' | 'failed';
    readonly output: string;
  }) => void;
}

export interface Timing {
  /** From the first byte to `session.created`. */
  readonly connectTimeoutMs: number;
  /** From the request for a reply to its beginning. */
  readonly replyTimeoutMs: number;
  /** A reply of which nothing comes for so long is given up. */
  readonly stallTimeoutMs: number;
  /** A connection that is older is replaced by a new one as soon as nobody speaks. */
  readonly renewAfterMs: number;
  /** How often the socket is checked for life; it is given up after one silent interval. */
  readonly heartbeatMs: number;
}

export const defaultTiming: Timing = {
  connectTimeoutMs: 10_000,
  replyTimeoutMs: 10_000,
  stallTimeoutMs: 20_000,
  renewAfterMs: 25 * 60_000,
  heartbeatMs: 15_000,
};

export interface VoiceLiveOptions {
  /** `https://RESOURCE.services.ai.azure.com`. */
  readonly endpoint: string;
  readonly credential: Credential;
  readonly apiVersion?: string;
  /** For example `gpt-realtime`, `gpt-5-mini`, `azure-realtime`. */
  readonly model: string;
  /** What a turn brings: speech, text alone, or nothing but its transcript. */
  readonly answer?: 'speech' | 'text' | 'none';
  readonly voice?: Voice;
  readonly inputFormat?: AudioFormat;
  readonly outputFormat?: AudioFormat;
  /** Null: the person holds the turn (push-to-talk). */
  readonly turnDetection?: TurnDetection | null;
  /** The latter two of the gpt-realtime models only. */
  readonly noiseReduction?: 'azure_deep_noise_suppression' | 'near_field' | 'far_field';
  /** The service removes its own voice from what it hears; for clients that do not. */
  readonly echoCancellation?: boolean;
  /** Null: off. Absent: one that goes with the model. */
  readonly transcription?: Transcription | null;
  readonly temperature?: number;
  readonly maxResponseTokens?: number;
  readonly reasoningEffort?: 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh';
  readonly interimResponse?: InterimResponse;
  /** Each word of a reply with its time. Of Azure's voices. */
  readonly wordTimes?: boolean;
  readonly visemes?: boolean;
  readonly avatar?: Avatar;
  readonly mcpServers?: readonly McpServer[];
  /** At most 16 pairs; they stand in the logs of the resource. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly hooks?: Hooks;
  readonly timing?: Partial<Timing>;
}
