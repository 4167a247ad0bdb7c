import type { Room } from '@livekit/rtc-node';
import { encode } from '#protocol/codec.ts';
import { agentEventMessage, type AgentEvent } from '#protocol/events.ts';
import { eventTopic } from '#protocol/topics.ts';

/** What this needs of a logger. */
export interface EventLog {
  warn(fields: object, message: string): void;
}

/** Tells the page of one participant what happens, on the data topic `parley.event`, in order and reliably. */
export class EventChannel {
  constructor(
    private readonly room: Room,
    private readonly identity: string,
    private readonly log: EventLog,
  ) {}

  /** Never throws: an event that cannot be sent must not cost the conversation. */
  send(event: AgentEvent): void {
    void this.#publish(event).catch((error: unknown) => {
      this.log.warn({ error, type: event.type }, 'an event did not reach the page');
    });
  }

  async #publish(event: AgentEvent): Promise<void> {
    const payload = new TextEncoder().encode(encode(agentEventMessage, event));
    await this.room.localParticipant?.publishData(payload, {
      reliable: true,
      topic: eventTopic,
      destination_identities: [this.identity],
    });
  }
}
