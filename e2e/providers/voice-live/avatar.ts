import {
  MediaStreamTrack,
  RTCPeerConnection,
  RtpHeader,
  RtpPacket,
  usePCMU,
  useVP8,
  type RTCRtpTransceiver,
} from 'werift';
import { z } from 'zod';
import { atRate } from '../mind/rate.ts';
import type { WireEvent } from '../realtime/dialect.ts';
import { encodeMuLaw } from '../realtime/g711.ts';
import { mouthOpen, mouthShut } from './face.ts';

const offer = z.object({ type: z.literal('offer'), sdp: z.string() });

const voiceRateHz = 8000;
const pictureClockHz = 90_000;
const packetMs = 20;
const packetSamples = (voiceRateHz * packetMs) / 1000;
/** The picture changes ten times a second. */
const packetsPerPicture = 5;
/** VP8's payload descriptor (RFC 7741): the first packet of a whole frame. */
const wholeFrame = Buffer.of(0x10);
const silence = Buffer.alloc(packetSamples, 0xff);

/** The service's side of the connection that shows a face: a real peer that sends picture and voice as they are heard. */
export class Avatar {
  readonly #send: (event: WireEvent) => void;
  #peer: RTCPeerConnection | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** μ-law that is still to be heard. */
  #unheard: Buffer = Buffer.alloc(0);
  #speaking = false;

  constructor(send: (event: WireEvent) => void) {
    this.#send = send;
  }

  /** `clientSdp` is base64 of a session description in JSON; the answer is told in the same form. */
  async connect(clientSdp: string): Promise<void> {
    const { sdp } = offer.parse(JSON.parse(Buffer.from(clientSdp, 'base64').toString('utf8')));
    await this.close();
    const peer = new RTCPeerConnection({ codecs: { audio: [usePCMU()], video: [useVP8()] } });
    this.#peer = peer;
    await peer.setRemoteDescription({ type: 'offer', sdp });
    const tracks = peer.getTransceivers().map(sending);
    // Without a server the library asks a public one for five seconds, whatever it is told.
    for (const { connection } of peer.iceTransports) delete connection.stunServer;
    await peer.setLocalDescription(await peer.createAnswer());
    const json = JSON.stringify({ type: 'answer', sdp: peer.localDescription?.sdp });
    this.#send({
      type: 'session.avatar.connecting',
      server_sdp: Buffer.from(json).toString('base64'),
    });
    this.#perform(tracks);
  }

  /** Mono PCM that goes with the face. */
  say(pcm: Int16Array, rateHz: number): void {
    if (!this.#peer) return;
    const sound = encodeMuLaw(atRate(pcm, { fromHz: rateHz, toHz: voiceRateHz }));
    this.#unheard = Buffer.concat([this.#unheard, sound]);
    this.#show(true);
  }

  /** Drops what has not been heard. */
  hush(): void {
    this.#unheard = Buffer.alloc(0);
    this.#show(false);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    const peer = this.#peer;
    this.#peer = undefined;
    await peer?.close();
  }

  #perform(tracks: readonly MediaStreamTrack[]): void {
    let packets = 0;
    const startedAt = performance.now();
    this.#timer = setInterval(() => {
      const due = Math.floor((performance.now() - startedAt) / packetMs);
      for (; packets < due; packets += 1) {
        const payload = this.#takeSound();
        const isPicture = packets % packetsPerPicture === 0;
        for (const track of tracks) {
          if (track.kind === 'audio') {
            track.writeRtp(packet(packets, packets * packetSamples, payload));
          } else if (isPicture) {
            const shown = this.#speaking && packets % (2 * packetsPerPicture) === 0;
            const picture = Buffer.concat([wholeFrame, shown ? mouthOpen : mouthShut]);
            const time = (packets * packetMs * pictureClockHz) / 1000;
            track.writeRtp(packet(packets / packetsPerPicture, time, picture));
          }
        }
      }
    }, packetMs);
    this.#timer.unref();
  }

  #takeSound(): Buffer {
    const payload = this.#unheard.subarray(0, packetSamples);
    this.#unheard = this.#unheard.subarray(packetSamples);
    if (this.#unheard.length === 0) this.#show(false);
    return payload.length === packetSamples ? payload : silence;
  }

  #show(speaking: boolean): void {
    if (!this.#peer || speaking === this.#speaking) return;
    this.#speaking = speaking;
    this.#send({ type: `session.avatar.switch_to_${speaking ? 'speaking' : 'idle'}` });
  }
}

function sending(transceiver: RTCRtpTransceiver): MediaStreamTrack {
  const track = new MediaStreamTrack({ kind: transceiver.kind });
  transceiver.setDirection('sendonly');
  void transceiver.sender.replaceTrack(track);
  return track;
}

function packet(sequenceNumber: number, timestamp: number, payload: Buffer): RtpPacket {
  const header = new RtpHeader({
    sequenceNumber: sequenceNumber & 0xffff,
    timestamp: timestamp >>> 0,
    marker: true,
  });
  return new RtpPacket(header, payload);
}
