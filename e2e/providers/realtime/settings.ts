import type { OfferedTool } from '../mind/mind.ts';
import type { AudioFormat } from './audio-format.ts';

/** How the service finds turns by itself. Semantic kinds have been turned into a length of silence. */
export interface TurnDetection {
  /** 0 to 1; above the middle, quiet sounds are not taken for speech. */
  readonly threshold: number;
  readonly prefixPaddingMs: number;
  readonly silenceMs: number;
  /** Speech that is shorter is no turn. */
  readonly shortestSpeechMs: number;
  readonly createResponse: boolean;
  readonly interruptResponse: boolean;
  /** Assumes that a reply is played as it is sent, and cuts it there. */
  readonly autoTruncate: boolean;
  readonly appendedTextAfterTruncation: string;
  /** After so much quiet since the last reply was played, the service speaks of its own accord. */
  readonly idleTimeoutMs: number | undefined;
}

export interface McpServerSettings {
  readonly label: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined for all. */
  readonly allowedTools: readonly string[] | undefined;
  needsApproval(tool: string): boolean;
}

export type ToolChoice =
  | { readonly kind: 'auto' | 'none' | 'required' }
  | { readonly kind: 'tool'; readonly name: string };

/** A short sentence that fills a wait. */
export interface InterimResponse {
  readonly triggers: readonly ('latency' | 'tool')[];
  readonly latencyThresholdMs: number;
  readonly texts: readonly string[];
}

/** What a session does, whatever the wire calls it. */
export interface SessionSettings {
  readonly instructions: string;
  /** False where only text is wanted. */
  readonly speaks: boolean;
  readonly voice: string;
  /** 1 is the voice's own pace. */
  readonly speed: number;
  readonly input: AudioFormat;
  readonly output: AudioFormat;
  /** The model that writes down what the person says; null where nobody wants to read it. */
  readonly transcription: string | null;
  readonly turnDetection: TurnDetection | null;
  readonly tools: readonly OfferedTool[];
  readonly mcpServers: readonly McpServerSettings[];
  readonly toolChoice: ToolChoice;
  readonly maxOutputTokens: number;
  readonly wordTimestamps: boolean;
  readonly visemes: boolean;
  readonly interimResponse: InterimResponse | undefined;
  /** Whether speech goes over the socket; with a face it goes with the face. */
  readonly soundOnSocket: boolean;
}
