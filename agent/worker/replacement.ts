import { setTimeout as delay } from 'node:timers/promises';
import { AgentDispatchClient, RoomServiceClient } from 'livekit-server-sdk';
import { ageOf, isAgent } from '#protocol/presence.ts';
import type { AgentEnvironment } from '../environment.ts';
import type { LostJob } from './job-watch.ts';

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

  /**
   * Whether somebody is in the room, and no agent but the one that is `gone`. False for a room that nobody is in: to ask
   * for an agent in a room that is not there would make the room.
   */
  async isMissing(room: string, gone?: string): Promise<boolean> {
    const participants = await this.#rooms.listParticipants(room).catch(() => []);
    const others = participants.filter(({ identity }) => identity !== gone);
    return others.length > 0 && !others.some(isAgent);
  }

  /** Asks LiveKit for an assistant in a room that is there. */
  async call(room: string): Promise<void> {
    await this.#dispatches.createDispatch(room, this.#agentName);
  }

  async #sendInto(room: string, gone?: string): Promise<boolean> {
    if (!(await this.isMissing(room, gone))) return false;
    if (await this.#wasJustCalled(room)) {
      // Whoever was called may be on the way; or there was nobody to hear it, or it is the one that is gone.
      await delay(onItsWayMs, undefined, { ref: false });
      if (!(await this.isMissing(room, gone)) || (await this.#wasJustCalled(room))) return false;
    }
    await this.call(room);
    return true;
  }

  async #wasJustCalled(room: string): Promise<boolean> {
    const dispatches = await this.#dispatches.listDispatch(room);
    return dispatches.some((dispatch) => ageOf(dispatch) < onItsWayMs);
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
