import { RTCPeerConnection, usePCMU, useVP8 } from 'werift';

/** What a browser does to see an avatar: a connection that only receives. */
export class TestViewer {
  readonly #peer = new RTCPeerConnection({ codecs: { audio: [usePCMU()], video: [useVP8()] } });
  /** Packets of media that have come. */
  readonly received = { audio: 0, video: 0 };

  constructor() {
    this.#peer.addTransceiver('video', { direction: 'recvonly' });
    this.#peer.addTransceiver('audio', { direction: 'recvonly' });
    this.#peer.onTrack.subscribe((track) => {
      track.onReceiveRtp.subscribe(() => {
        if (track.kind === 'audio' || track.kind === 'video') this.received[track.kind] += 1;
      });
    });
    // Without a server the library asks a public one for five seconds, whatever it is told.
    for (const { connection } of this.#peer.iceTransports) delete connection.stunServer;
  }

  /** In base64, as Azure's services take it. */
  async offer(): Promise<string> {
    await this.#peer.setLocalDescription(await this.#peer.createOffer());
    const description = JSON.stringify({ type: 'offer', sdp: this.#peer.localDescription?.sdp });
    return Buffer.from(description).toString('base64');
  }

  async accept(answer: string): Promise<void> {
    const { sdp } = JSON.parse(Buffer.from(answer, 'base64').toString('utf8')) as { sdp: string };
    await this.#peer.setRemoteDescription({ type: 'answer', sdp });
  }

  close(): Promise<void> {
    return this.#peer.close();
  }
}
