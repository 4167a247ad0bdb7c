import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** Of RFC 8489. */
const bindingRequest = 0x0001;
const bindingSuccess = 0x0101;
const magicCookie = 0x2112a442;
const xorMappedAddress = 0x0020;
const headerBytes = 20;
const ipv4 = 0x01;

/** The service's server by which a client learns its own address: STUN over UDP, binding requests only. */
export class StunServer {
  /** How many clients' requests were answered. */
  answered = 0;
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (message, from) => this.#answer(message, from));
  }

  static async start(): Promise<StunServer> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    socket.unref();
    return new StunServer(socket);
  }

  get url(): string {
    return `stun:127.0.0.1:${this.#socket.address().port}`;
  }

  async stop(): Promise<void> {
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    await closed;
  }

  #answer(message: Buffer, from: RemoteInfo): void {
    if (message.length < headerBytes || message.readUInt16BE(0) !== bindingRequest) return;
    if (message.readUInt32BE(4) !== magicCookie) return;
    const reply = Buffer.alloc(headerBytes + 12);
    reply.writeUInt16BE(bindingSuccess, 0);
    reply.writeUInt16BE(12, 2);
    message.copy(reply, 4, 4, headerBytes);
    reply.writeUInt16BE(xorMappedAddress, 20);
    reply.writeUInt16BE(8, 22);
    reply.writeUInt8(ipv4, 25);
    reply.writeUInt16BE(from.port ^ (magicCookie >>> 16), 26);
    const address = from.address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
    reply.writeUInt32BE((address ^ magicCookie) >>> 0, 28);
    this.answered += 1;
    this.#socket.send(reply, from.port, from.address);
  }
}
