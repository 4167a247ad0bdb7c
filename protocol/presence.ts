import { ParticipantInfo_Kind } from '@livekit/protocol';
import { assistantAttribute } from './topics.ts';

/** The server SDK brings a copy of LiveKit's protocol of its own and exports no name for this. */
const agentKind: number = ParticipantInfo_Kind.AGENT;

/** Whether a participant, as the server SDK lists them, is an agent. */
export function isAgent({ kind }: { readonly kind: number }): boolean {
  return kind === agentKind;
}

/** Whether a participant is Parley's own assistant. */
export function isAssistant({
  attributes,
}: {
  readonly attributes: Readonly<Record<string, string>>;
}): boolean {
  return attributes[assistantAttribute] !== undefined;
}

/** How long ago an agent was called into a room, in ms; LiveKit counts in ns. */
export function ageOf({ state }: { readonly state?: { readonly createdAt: bigint } }): number {
  return Date.now() - Number((state?.createdAt ?? 0n) / 1_000_000n);
}
