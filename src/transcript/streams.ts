import type { Room, TextStreamReader } from 'livekit-client';
import {
  segmentIdAttribute,
  transcriptionFinalAttribute,
  transcriptionTopic,
} from '#protocol/topics.ts';
import type { TranscriptAction } from './reducer.ts';

export interface TranscriptionSource {
  readonly room: Room;
  /** Brings a time of the assistant to the page's clock, both in ms since the epoch. */
  toPageMs(agentMs: number): number;
  /** Whether this identity is the assistant that the page talks with. */
  isAssistant(identity: string): boolean;
  dispatch(action: TranscriptAction): void;
}

/** A recogniser's or model's runaway text must not fill the page: what is longer than this is cut off. */
const maxTextLength = 50_000;

/**
 * Follows both sides' words. A reply is one stream of deltas that ends with the reply; the person's speech is a new
 * stream for each version, with the whole text so far. Returns the release.
 */
export function followTranscription(source: TranscriptionSource): () => void {
  const { room } = source;
  room.registerTextStreamHandler(transcriptionTopic, (reader, { identity }) => {
    // Only an agent may send in another's name, so a stream under the person's own name is what the agent heard.
    if (identity === room.localParticipant.identity) void followUser(source, reader);
    else if (source.isAssistant(identity)) void followReply(source, reader);
  });
  return () => room.unregisterTextStreamHandler(transcriptionTopic);
}

async function followUser(source: TranscriptionSource, reader: TextStreamReader): Promise<void> {
  const { id, timestamp, attributes } = reader.info;
  const atMs = source.toPageMs(timestamp);
  const segmentId = attributes?.[segmentIdAttribute] ?? id;
  const final = attributes?.[transcriptionFinalAttribute] === 'true';
  let text = '';
  try {
    for await (const chunk of reader) text = (text + chunk).slice(0, maxTextLength);
  } catch {
    // A version that broke off is worth nothing: the next one, or the one before, has the whole text.
    return;
  }
  source.dispatch({ type: 'user_text', segmentId, text, final, atMs });
}

async function followReply(source: TranscriptionSource, reader: TextStreamReader): Promise<void> {
  const { id, timestamp, attributes } = reader.info;
  const atMs = source.toPageMs(timestamp);
  const segmentId = attributes?.[segmentIdAttribute] ?? id;
  let length = 0;
  try {
    for await (const delta of reader) {
      length += delta.length;
      if (length > maxTextLength) break;
      source.dispatch({ type: 'reply_text', segmentId, delta, atMs });
    }
  } catch {
    // The assistant left in mid-sentence; what was said until then stays.
  }
  source.dispatch({ type: 'reply_ended', segmentId });
}
