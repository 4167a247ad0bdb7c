import { voice, type llm } from '@livekit/agents';
import { clip } from '#protocol/clip.ts';
import type { AgentEvent } from '#protocol/events.ts';
import type { CutReply, ReplyLog } from './reply-log.ts';
import type { Speeches } from './speeches.ts';

/** Follows what a session says, and tells the page of each reply that was cut what was heard of it and what was not. */
export function tellCuts(
  session: voice.AgentSession,
  replies: ReplyLog,
  speeches: Speeches,
  send: (event: AgentEvent) => void,
): void {
  const { SpeechCreated, ConversationItemAdded } = voice.AgentSessionEventTypes;
  session.on(SpeechCreated, ({ speechHandle }) => {
    speeches.add(speechHandle);
  });
  session.on(ConversationItemAdded, ({ item }) => {
    if (item.type !== 'message' || item.role !== 'assistant') return;
    if (item.interrupted) send(cutOf(item, replies, speeches));
    else replies.finish(item.textContent ?? '');
  });
}

function cutOf(reply: llm.ChatMessage, replies: ReplyLog, speeches: Speeches): AgentEvent {
  const heard = reply.textContent ?? '';
  const { cause, isPartial } = speeches.endOf(reply);
  const cut: Partial<CutReply> = isPartial ? replies.cut(heard) : { unheard: heard };
  return {
    type: 'interrupted',
    by: cause,
    ...(cut.heard !== undefined && { heard: clip(cut.heard, 4000) }),
    unheard: clip(cut.unheard ?? '', 4000),
    atMs: Date.now(),
  };
}
