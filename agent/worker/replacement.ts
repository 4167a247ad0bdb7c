import { ParticipantInfo_Kind } from '@livekit/protocol';
import { AgentDispatchClient, RoomServiceClient } from 'livekit-server-sdk';
import type { AgentEnvironment } from '../environment.ts';
import type { LostJob } from './job-watch.ts';

/** The SDK brings a copy of the protocol of its own and exports no name for this. */
const agentKind: number = ParticipantInfo_Kind.AGENT;

/** A dispatch that is younger than this, in ms, still brings somebody. */
const onItsWayMs = 3000;

/** Puts an assistant where one is missing: its process is lost, or there was no worker when it was called. */
export class Replacement {
  readonly #rooms: RoomServiceClient;
  readonly #dispatches: AgentDispatchClient;
  readonly #agentName: string;

  constructor({ livekit, agentName }: Pick<AgentEnvironment, 'livekit' | 'agentName'>) {
    const url = livekit.url.replace(/^ws/, 'http');
    this.#rooms = new RoomServiceClient(url, livekit.apiKey, livekit.apiSecret);
    this.#dispatches = new AgentDispatchClient(url, livekit.apiKey, livekit.apiSecret);
    this.#agentName = agentName;
  }

  /** Resolves to whether an assistant was sent for: not into a room that nobody is in. Rejects if LiveKit refuses. */
  async of({ pid, room, identity, how }: LostJob): Promise<boolean> {
    if (how === 'hung') end(pid);
    // LiveKit would hold its place for a while, in case that it comes back.
    await this.#rooms.removeParticipant(room, identity).catch(() => undefined);
    return this.#sendInto(room, identity);
  }

  /**
   * For a worker that has just begun, and comes to every room by itself: LiveKit called it while there was none, and
   * does not call again. Resolves to how many were sent for.
   */
  async whereNobodyCame(): Promise<number> {
    if (this.#agentName !== '') return 0;
    const rooms = await this.#rooms.listRooms();
    const sent = await Promise.all(rooms.map(({ name }) => this.#sendInto(name)));
    return sent.filter(Boolean).length;
  }

  async #sendInto(room: string, gone?: string): Promise<boolean> {
    const participants = await this.#rooms.listParticipants(room).catch(() => []);
    const others = participants.filter(({ identity }) => identity !== gone);
    const isAgent = ({ kind }: { kind: number }): boolean => kind === agentKind;
    // To ask for an agent in a room that is not there would make the room.
    if (others.length === 0 || others.some(isAgent)) return false;
    const dispatches = await this.#dispatches.listDispatch(room);
    const called = dispatches.some(
      ({ state }) => Date.now() - Number((state?.createdAt ?? 0n) / 1_000_000n) < onItsWayMs,
    );
    if (called) return false;
    await this.#dispatches.createDispatch(room, this.#agentName);
    return true;
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
