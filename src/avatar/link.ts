import type { IceServer } from '#protocol/avatar.ts';
import { decodeAnswer, encodeOffer } from './description.ts';

export interface AvatarListener {
  /** The picture of the face, or undefined when there is none any more. */
  changed(picture: MediaStream | undefined): void;
  failed(reason: string): void;
}

/** What the service of a face is asked, by way of the assistant. */
export interface AvatarService {
  /** By which the page and the service find each other. */
  avatarServers(): Promise<readonly IceServer[]>;
  /** Brings the page's description to the service, and the service's back. */
  avatarVideo(clientSdp: string): Promise<string>;
}

/** The service waits for a description that names the ways to this page; they are found within this time, in ms. */
const gatheringMs = 2000;

/** A connection of its own to the service that draws the face. The voice still comes through the room. */
export class AvatarLink {
  readonly #listener: AvatarListener;
  #connection: RTCPeerConnection | undefined;

  constructor(listener: AvatarListener) {
    this.#listener = listener;
  }

  get open(): boolean {
    return this.#connection !== undefined;
  }

  /** Opens the video. A failure is told. */
  async connect(service: AvatarService): Promise<void> {
    this.close();
    const connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
    this.#connection = connection;
    const isCurrent = (): boolean => connection === this.#connection;
    connection.addTransceiver('video', { direction: 'recvonly' });
    // The service speaks into this as well; the page does not play it, since the room brings the same voice.
    connection.addTransceiver('audio', { direction: 'recvonly' });
    connection.addEventListener('track', ({ track }) => {
      if (isCurrent() && track.kind === 'video') this.#listener.changed(new MediaStream([track]));
    });
    connection.addEventListener('connectionstatechange', () => {
      if (isCurrent() && connection.connectionState === 'failed')
        this.#fail('The video broke off.');
    });
    try {
      const servers = await service.avatarServers();
      if (!isCurrent()) return;
      connection.setConfiguration({
        ...connection.getConfiguration(),
        iceServers: servers.map(asBrowserTakesIt),
      });
      await connection.setLocalDescription();
      await gathered(connection);
      if (!isCurrent() || !connection.localDescription) return;
      const answer = await service.avatarVideo(encodeOffer(connection.localDescription.sdp));
      if (isCurrent()) await connection.setRemoteDescription(decodeAnswer(answer));
    } catch (error) {
      if (isCurrent()) this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  close(): void {
    const connection = this.#connection;
    if (!connection) return;
    this.#connection = undefined;
    connection.close();
    this.#listener.changed(undefined);
  }

  #fail(reason: string): void {
    this.close();
    this.#listener.failed(reason);
  }
}

/** What has no value is absent, as a browser's own types want it. */
function asBrowserTakesIt({ urls, username, credential }: IceServer): RTCIceServer {
  return {
    urls,
    ...(username !== undefined && { username }),
    ...(credential !== undefined && { credential }),
  };
}

async function gathered(connection: RTCPeerConnection): Promise<void> {
  if (connection.iceGatheringState === 'complete') return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, gatheringMs);
    connection.addEventListener('icegatheringstatechange', () => {
      if (connection.iceGatheringState !== 'complete') return;
      clearTimeout(timer);
      resolve();
    });
  });
}
