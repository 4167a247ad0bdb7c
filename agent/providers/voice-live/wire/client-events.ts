import type { NewItem } from './items.ts';
import type { WireSession, WireToolChoice } from './session.ts';

/** What one reply may change of the session. */
export interface ReplyOptions {
  instructions?: string;
  tool_choice?: WireToolChoice;
  metadata?: Record<string, string>;
  /** Spoken as it stands, without the model. */
  pre_generated_assistant_message?: NewItem;
}

/** https://learn.microsoft.com/azure/ai-services/speech-service/voice-live-api-reference-2026-04-10#client-events */
export type ClientEvent = { event_id?: string } & (
  | { type: 'session.update'; session: WireSession }
  | { type: 'session.avatar.connect'; client_sdp: string }
  | { type: 'input_audio_buffer.append'; audio: string }
  | { type: 'input_audio_buffer.commit' }
  | { type: 'input_audio_buffer.clear' }
  | { type: 'output_audio_buffer.clear' }
  | { type: 'conversation.item.create'; previous_item_id?: string; item: NewItem }
  | { type: 'conversation.item.retrieve'; item_id: string }
  | {
      type: 'conversation.item.truncate';
      item_id: string;
      content_index: number;
      audio_end_ms: number;
    }
  | { type: 'conversation.item.delete'; item_id: string }
  | { type: 'response.create'; response?: ReplyOptions }
  | { type: 'response.cancel'; response_id?: string }
);
