import { RoomEvent, type Participant, type RemoteParticipant, type Room } from 'livekit-client';
import { decode } from '#protocol/codec.ts';
import { agentEventMessage, type AgentEvent } from '#protocol/events.ts';
import { agentStateAttribute, eventTopic } from '#protocol/topics.ts';

export interface AgentListener {
  came(agent: RemoteParticipant, state: string | undefined): void;
  left(): void;
  stateChanged(state: string | undefined): void;
  event(event: AgentEvent): void;
}

/** Finds the assistant among those in a room and follows it. What anybody else sends is not heard. */
export class AgentInRoom {
  readonly #room: Room;
  readonly #listener: AgentListener;
  #agent: RemoteParticipant | undefined;

  constructor(room: Room, listener: AgentListener) {
    this.#room = room;
    this.#listener = listener;
  }

  get agent(): RemoteParticipant | undefined {
    return this.#agent;
  }

  /** Follows from now on. Returns the release. */
  follow(): () => void {
    this.#room
      .on(RoomEvent.Connected, this.#look)
      .on(RoomEvent.Reconnected, this.#lookAgain)
      .on(RoomEvent.ParticipantConnected, this.#look)
      .on(RoomEvent.ParticipantPermissionsChanged, this.#look)
      .on(RoomEvent.ParticipantDisconnected, this.#leave)
      .on(RoomEvent.ParticipantAttributesChanged, this.#changed)
      .on(RoomEvent.DataReceived, this.#receive);
    return () => {
      this.#room
        .off(RoomEvent.Connected, this.#look)
        .off(RoomEvent.Reconnected, this.#lookAgain)
        .off(RoomEvent.ParticipantConnected, this.#look)
        .off(RoomEvent.ParticipantPermissionsChanged, this.#look)
        .off(RoomEvent.ParticipantDisconnected, this.#leave)
        .off(RoomEvent.ParticipantAttributesChanged, this.#changed)
        .off(RoomEvent.DataReceived, this.#receive);
      this.#agent = undefined;
    };
  }

  readonly #look = (): void => {
    if (this.#agent) return;
    const agent = [...this.#room.remoteParticipants.values()].find(({ isAgent }) => isAgent);
    if (!agent) return;
    this.#agent = agent;
    this.#listener.came(agent, agent.attributes[agentStateAttribute]);
  };

  /** What changed while the connection was away was not told. */
  readonly #lookAgain = (): void => {
    this.#look();
    if (this.#agent) this.#listener.stateChanged(this.#agent.attributes[agentStateAttribute]);
  };

  readonly #leave = (participant: RemoteParticipant): void => {
    if (participant.identity !== this.#agent?.identity) return;
    this.#agent = undefined;
    this.#listener.left();
    this.#look();
  };

  readonly #changed = (changed: Record<string, string>, participant: Participant): void => {
    if (participant !== this.#agent || !(agentStateAttribute in changed)) return;
    this.#listener.stateChanged(changed[agentStateAttribute]);
  };

  readonly #receive = (
    payload: Uint8Array,
    participant: RemoteParticipant | undefined,
    _kind: unknown,
    topic: string | undefined,
  ): void => {
    if (topic !== eventTopic || participant === undefined || participant !== this.#agent) return;
    const event = decode(agentEventMessage, new TextDecoder().decode(payload));
    // An agent of another version may say what this page does not know; that harms nothing.
    if (event.ok) this.#listener.event(event.value);
  };
}
