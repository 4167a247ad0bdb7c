import type { stt, tts, llm } from '@livekit/agents';
import type { Capabilities } from '#protocol/capabilities.ts';
import type { ProviderId } from '#protocol/provider.ts';
import type { Settings } from '#protocol/settings.ts';
import type { RealtimeVoice } from './realtime-voice.ts';

/** What every voice tells of itself and can be asked for, whatever it is made of. */
export interface VoiceBasics {
  readonly provider: ProviderId;
  readonly engine: Capabilities['engine'];
  readonly languages: string[];
  /** Puts changed settings, with the same mode, into effect as they are. False where that takes a new voice. */
  applyLive(settings: Settings): boolean;
  /** Lets go of what it holds. The session must have another voice by then, or be closed. */
  close(): Promise<void>;
}

/** What a voice has to know before it can answer in a conversation. */
export interface Briefing {
  readonly instructions: string;
  /** What was said before, in the order of its saying. */
  readonly history: llm.ChatContext;
  readonly tools: llm.ToolContextEntry[];
}

/** Speech to text, text to text, text to speech; in parts of the framework. */
export interface PipelineVoice extends VoiceBasics {
  readonly kind: 'pipeline';
  readonly stt: stt.STT;
  readonly llm: llm.LLM;
  readonly tts: tts.TTS;
  /** Ends the utterance that is being said now, without waiting for silence. */
  endUtterance(): void;
  /** Nobody has spoken at the microphone for so long, in ms, though the sound of that may still be on its way. */
  quiet(forMs: number): void;
  /** Whether words may well be a laugh or an echo from now on; the confidence in them tells. */
  doubt(on: boolean): void;
}

/** What answers for a while: made anew for each conversation, and when a change of settings takes a new one. */
export type Voice = PipelineVoice | RealtimeVoice;
