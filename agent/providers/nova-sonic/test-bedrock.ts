import { EventStreamCodec } from '@smithy/eventstream-codec';
import { fromUtf8, toUtf8 } from '@smithy/util-utf8';
import { EventEmitter, once } from 'node:events';
import { createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';

const codec = new EventStreamCodec(toUtf8, fromUtf8);

/** One request, from the side of the service: bare frames, and no knowledge of what they mean. */
export class ServedStream extends EventEmitter<{ event: [string]; ended: [] }> {
  readonly received: { readonly name: string; readonly fields: Record<string, unknown> }[] = [];
  ended = false;
  #rest = Buffer.alloc(0);

  constructor(readonly stream: ServerHttp2Stream) {
    super();
    stream.on('data', (data: Buffer) => this.#read(data));
    stream.on('error', () => undefined);
  }

  accept(): void {
    this.stream.respond({
      ':status': 200,
      'content-type': 'application/vnd.amazon.eventstream',
    });
  }

  refuse(status: number, type: string, message: string): void {
    this.stream.respond({
      ':status': status,
      'x-amzn-errortype': type,
      'content-type': 'application/json',
    });
    this.stream.end(JSON.stringify({ message }));
  }

  send(name: string, fields: object): void {
    this.sendRaw(JSON.stringify({ event: { [name]: fields } }));
  }

  sendRaw(text: string): void {
    const bytes = Buffer.from(text, 'utf8').toString('base64');
    this.#frame({ ':message-type': 'event', ':event-type': 'chunk' }, { bytes });
  }

  fail(type: string, message: string): void {
    this.#frame({ ':message-type': 'exception', ':exception-type': type }, { message });
    this.stream.end();
  }

  names(): string[] {
    return this.received.map(({ name }) => name);
  }

  /** Resolves when that many events of a name have come. */
  async until(name: string, count = 1): Promise<void> {
    const signal = AbortSignal.timeout(8000);
    while (this.names().filter((each) => each === name).length < count) {
      await once(this, 'event', { signal });
    }
  }

  #frame(headers: Record<string, string>, body: object): void {
    const all = { ...headers, ':content-type': 'application/json' };
    const typed = Object.entries(all).map(([key, value]) => [key, { type: 'string', value }]);
    this.stream.write(
      codec.encode({
        headers: Object.fromEntries(typed) as Parameters<typeof codec.encode>[0]['headers'],
        body: fromUtf8(JSON.stringify(body)),
      }),
    );
  }

  #read(data: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, data]);
    while (this.#rest.length >= 4 && this.#rest.length >= this.#rest.readUInt32BE(0)) {
      const length = this.#rest.readUInt32BE(0);
      const { body } = codec.decode(this.#rest.subarray(0, length));
      this.#rest = this.#rest.subarray(length);
      if (body.length === 0) {
        this.ended = true;
        this.emit('ended');
        return;
      }
      const { bytes } = JSON.parse(toUtf8(codec.decode(body).body)) as { bytes: string };
      const { event } = JSON.parse(Buffer.from(bytes, 'base64').toString('utf8')) as {
        event: Record<string, Record<string, unknown>>;
      };
      const [name = '', fields = {}] = Object.entries(event)[0] ?? [];
      this.received.push({ name, fields });
      this.emit('event', name);
    }
  }
}

/** The transport of Bedrock on localhost, for facts about the connection alone. */
export class TestBedrock extends EventEmitter<{ stream: [ServedStream] }> {
  readonly streams: ServedStream[] = [];
  readonly #server: Http2Server;

  private constructor(server: Http2Server) {
    super();
    this.#server = server;
    server.on('stream', (stream) => {
      const served = new ServedStream(stream);
      this.streams.push(served);
      this.emit('stream', served);
    });
  }

  static async start(
    onStream: (stream: ServedStream, index: number) => void,
  ): Promise<TestBedrock> {
    const server = createServer();
    const sessions = new Set<{ destroy(): void }>();
    server.on('session', (session) => sessions.add(session));
    server.on('close', () => sessions.clear());
    const bedrock = new TestBedrock(server);
    bedrock.on('stream', (stream) => onStream(stream, bedrock.streams.length - 1));
    bedrock.#destroy = () => sessions.forEach((session) => session.destroy());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return bedrock;
  }

  #destroy: () => void = () => undefined;

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The n-th stream, from 0, once it is there. */
  async stream(index: number): Promise<ServedStream> {
    const signal = AbortSignal.timeout(8000);
    for (;;) {
      const stream = this.streams[index];
      if (stream) return stream;
      await once(this, 'stream', { signal });
    }
  }

  stop(): void {
    this.#destroy();
    this.#server.close();
  }
}
