import { RTCPeerConnection } from 'werift';
import { z } from 'zod';
import type { WireEvent } from '../realtime/dialect.ts';

const offer = z.object({ type: z.literal('offer'), sdp: z.string() });

/** The service's side of the connection that shows a face: a real peer, though its picture stays empty. */
export class Avatar {
  readonly #send: (event: WireEvent) => void;
  #peer: RTCPeerConnection | undefined;
  #speaking = false;

  constructor(send: (event: WireEvent) => void) {
    this.#send = send;
  }

  /** `clientSdp` is base64 of a session description in JSON; the answer is told in the same form. */
  async connect(clientSdp: string): Promise<void> {
    const { sdp } = offer.parse(JSON.parse(Buffer.from(clientSdp, 'base64').toString('utf8')));
    await this.close();
    const peer = new RTCPeerConnection({ iceServers: [] });
    this.#peer = peer;
    await peer.setRemoteDescription({ type: 'offer', sdp });
    await peer.setLocalDescription(await peer.createAnswer());
    const answer = peer.localDescription;
    if (!answer) throw new Error('There is no answer.');
    const json = JSON.stringify({ type: 'answer', sdp: answer.sdp });
    this.#send({
      type: 'session.avatar.connecting',
      server_sdp: Buffer.from(json).toString('base64'),
    });
  }

  speaking(speaking: boolean): void {
    if (!this.#peer || speaking === this.#speaking) return;
    this.#speaking = speaking;
    this.#send({ type: `session.avatar.switch_to_${speaking ? 'speaking' : 'idle'}` });
  }

  async close(): Promise<void> {
    const peer = this.#peer;
    this.#peer = undefined;
    await peer?.close();
  }
}
