import type { RemoteParticipant, Room } from '@livekit/rtc-node';
import type { Capabilities } from '#protocol/capabilities.ts';
import type { Settings } from '#protocol/settings.ts';
import type { GivenKnowledge } from '../knowledge/given.ts';
import type { ConversationMemory } from '../memory/room-memory.ts';
import type { Notes } from '../skills/notes.ts';
import type { ToolSet } from '../skills/skill.ts';
import type { Timers } from '../skills/timers.ts';
import type { Voices } from '../voice/voices.ts';
import type { Approvals } from './approvals.ts';
import type { EventLog } from './event-channel.ts';
import type { ChangingTools } from './toolbox.ts';

export interface ConversationOptions {
  readonly room: Room;
  readonly participant: RemoteParticipant;
  readonly voices: Voices;
  /** What is in effect where the person has not chosen otherwise. */
  readonly settings: Settings;
  /** What the assistant is told, for a language to speak, BCP 47, or for that of the person. */
  readonly instructions: (language: string | undefined) => string;
  readonly greeting: string;
  readonly remembered: ConversationMemory | undefined;
  /** Called after each change with what would have to be remembered if the person left now. */
  readonly remember: (memory: ConversationMemory) => void;
  readonly skills: (context: ConversationContext) => ToolSet;
  readonly tools: Capabilities['tools'];
  /** The tools of outside servers. */
  readonly outside: ChangingTools;
  readonly approvals: Approvals;
  /** Takes the documents that the person gives in this conversation. */
  readonly documents: GivenKnowledge;
  readonly log: EventLog;
}

/** What the skills may know and use of this conversation. */
export interface ConversationContext {
  readonly timeZone: () => string;
  readonly timers: Timers;
  readonly notes: Notes;
  readonly lastReply: () => string | undefined;
}
