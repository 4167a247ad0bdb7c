import { setTimeout as delay } from 'node:timers/promises';
import { ParticipantInfo_Kind } from '@livekit/protocol';
import { AgentDispatchClient, RoomServiceClient } from 'livekit-server-sdk';
import type { AgentEnvironment } from '../environment.ts';
import type { LostJob } from './job-watch.ts';

/** The SDK brings a copy of the protocol of its own and exports no name for this. */
const agentKind: number = ParticipantInfo_Kind.AGENT;

/** A dispatch that is younger than this, in ms, still brings somebody. */
const onItsWayMs = 3000;

/** Nobody is missing, somebody may be on the way already, or was sent for. */
type Sending = 'not_missing' | 'called' | 'sent';

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
    return (await this.#sendInto(room, identity)) === 'sent';
  }

  /**
   * For a worker that has just begun, and comes to every room by itself: LiveKit called it while there was none, and
   * does not call again. Resolves to how many were sent for.
   */
  async whereNobodyCame(): Promise<number> {
    if (this.#agentName !== '') return 0;
    const names = (await this.#rooms.listRooms()).map(({ name }) => name);
    const first = await this.#sendIntoEach(names);
    const called = names.filter((_, index) => first[index] === 'called');
    if (called.length === 0) return countSent(first);
    // A call of the last seconds may have come to us, or before us to nobody.
    await delay(onItsWayMs, undefined, { ref: false });
    return countSent([...first, ...(await this.#sendIntoEach(called))]);
  }

  #sendIntoEach(rooms: readonly string[]): Promise<Sending[]> {
    return Promise.all(rooms.map((room) => this.#sendInto(room)));
  }

  async #sendInto(room: string, gone?: string): Promise<Sending> {
    const participants = await this.#rooms.listParticipants(room).catch(() => []);
    const others = participants.filter(({ identity }) => identity !== gone);
    const isAgent = ({ kind }: { kind: number }): boolean => kind === agentKind;
    // To ask for an agent in a room that is not there would make the room.
    if (others.length === 0 || others.some(isAgent)) return 'not_missing';
    const dispatches = await this.#dispatches.listDispatch(room);
    const called = dispatches.some(
      ({ state }) => Date.now() - Number((state?.createdAt ?? 0n) / 1_000_000n) < onItsWayMs,
    );
    if (called) return 'called';
    await this.#dispatches.createDispatch(room, this.#agentName);
    return 'sent';
  }
}

function countSent(sendings: readonly Sending[]): number {
  return sendings.filter((sending) => sending === 'sent').length;
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
