import { randomUUID } from 'node:crypto';
import { Acknowledgements } from './acknowledgements.ts';
import type { IceServer } from './options.ts';
import type { ClientEvent } from './wire/client-events.ts';
import type { ServerEventOf, WireError } from './wire/server-events.ts';

const exchangeTimeoutMs = 15_000;
const subject = 'avatar';

/** The face: a peer connection between the service and the browser, of which only the descriptions pass through here. */
export class AvatarLink {
  readonly #send: (event: ClientEvent) => void;
  readonly #answers = new Acknowledgements<string>(exchangeTimeoutMs);
  #iceServers: readonly IceServer[] = [];

  constructor(send: (event: ClientEvent) => void) {
    this.#send = send;
  }

  /** The service's own, for the browser to gather its candidates with. Empty until the session is set up. */
  get iceServers(): readonly IceServer[] {
    return this.#iceServers;
  }

  /** Both descriptions are base64. Rejects with a `RealtimeError`. */
  async connect(clientSdp: string): Promise<string> {
    const eventId = `avatar_${randomUUID()}`;
    const answer = this.#answers.of(subject, eventId);
    this.#send({ type: 'session.avatar.connect', event_id: eventId, client_sdp: clientSdp });
    return answer;
  }

  connecting(serverSdp: string): void {
    this.#answers.acknowledge(subject, serverSdp);
  }

  sessionUpdated({ session }: ServerEventOf<'session.updated'>): void {
    this.#iceServers = (session.avatar?.ice_servers ?? []).map(
      ({ urls, username, credential }) => ({
        urls,
        ...(username ? { username } : {}),
        ...(credential ? { credential } : {}),
      }),
    );
  }

  /** The service may not say which event it refuses, only what of it. */
  refused(error: WireError): void {
    if (error.param === 'client_sdp' || error.code?.startsWith('avatar'))
      this.#answers.refuseAll(error.message);
    else if (error.event_id) this.#answers.refuse(error.event_id, error.message);
  }

  lost(): void {
    this.#answers.refuseAll('The connection to Azure Voice Live was lost.');
  }
}
