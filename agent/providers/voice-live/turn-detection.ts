import { present } from './wire/fields.ts';

/**
 * How the service finds the ends of turns. What is absent is left to its defaults.
 * https://learn.microsoft.com/azure/ai-services/speech-service/voice-live-api-reference-2026-04-10#turn-detection
 */
export type TurnDetection = ServerVad | OpenAISemanticVad | AzureSemanticVad;

interface Answering {
  /** Whether speech cuts a reply. */
  readonly interruptResponse?: boolean;
}

interface Vad extends Answering {
  /** 0.01 to below 1; the service takes 0.5. */
  readonly threshold?: number;
  /** Sound kept from before the start of speech. */
  readonly prefixPaddingMs?: number;
  /** Silence that ends a turn. */
  readonly silenceDurationMs?: number;
  /** Speech that it takes to begin a turn. */
  readonly speechDurationMs?: number;
  readonly endOfUtterance?: EndOfUtterance;
  /** The service cuts what it believes was said at the time of a barge-in, rather than at what this side reports as heard. */
  readonly autoTruncate?: boolean;
}

/** Volume. */
export interface ServerVad extends Vad {
  readonly type: 'server_vad';
}

/** By the words; of the gpt-realtime models only. */
export interface OpenAISemanticVad extends Answering {
  readonly type: 'semantic_vad';
  readonly eagerness?: 'low' | 'medium' | 'high' | 'auto';
}

/** By a speech model of Azure; with every model. */
export interface AzureSemanticVad extends Vad {
  readonly type: 'azure_semantic_vad' | 'azure_semantic_vad_en' | 'azure_semantic_vad_multilingual';
  /** "Uhm" cuts no reply. */
  readonly removeFillerWords?: boolean;
  /** Not with `azure_semantic_vad_en`. */
  readonly languages?: readonly string[];
  /** Put after the words at which a reply was cut, with `autoTruncate`. */
  readonly textAfterTruncation?: string;
}

/** Waits longer where a sentence does not sound finished. */
export interface EndOfUtterance {
  readonly model:
    'semantic_detection_v1' | 'semantic_detection_v1_en' | 'semantic_detection_v1_multilingual';
  readonly thresholdLevel?: 'low' | 'medium' | 'high' | 'default';
  /** Longest wait; the service takes 1000. */
  readonly timeoutMs?: number;
}

export type WireTurnDetection = Readonly<Record<string, unknown>> & { type: TurnDetection['type'] };

/** `respond` false: turns are found and written down, and nothing answers. */
export function toWireTurnDetection(detection: TurnDetection, respond: boolean): WireTurnDetection {
  return {
    type: detection.type,
    ...present({
      interrupt_response: respond ? detection.interruptResponse : false,
      create_response: respond ? undefined : false,
      ...(detection.type === 'semantic_vad'
        ? { eagerness: detection.eagerness }
        : vadFields(detection)),
    }),
  };
}

function vadFields(detection: ServerVad | AzureSemanticVad): Record<string, unknown> {
  const { endOfUtterance } = detection;
  return {
    threshold: detection.threshold,
    prefix_padding_ms: detection.prefixPaddingMs,
    silence_duration_ms: detection.silenceDurationMs,
    speech_duration_ms: detection.speechDurationMs,
    auto_truncate: detection.autoTruncate,
    end_of_utterance_detection:
      endOfUtterance &&
      present({
        model: endOfUtterance.model,
        threshold_level: endOfUtterance.thresholdLevel,
        timeout_ms: endOfUtterance.timeoutMs,
      }),
    ...(detection.type === 'server_vad' ? {} : azureFields(detection)),
  };
}

function azureFields(detection: AzureSemanticVad): Record<string, unknown> {
  return {
    remove_filler_words: detection.removeFillerWords,
    languages: detection.type === 'azure_semantic_vad_en' ? undefined : detection.languages,
    appended_text_after_truncation: detection.textAfterTruncation,
  };
}
