import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listeningInodes, programName } from './port-holder.ts';
import { takenPorts } from './ports.ts';

async function listen(host: string | undefined): Promise<number> {
  const server = createServer();
  server.listen({ port: 0, host });
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const wish = { purpose: 'the page', variable: 'PORT' };

describe('a wished port', () => {
  it.each([['127.0.0.1'], [undefined]])('that somebody holds on %s is taken', async (host) => {
    const port = await listen(host);
    const [sentence, ...others] = await takenPorts([{ ...wish, port, protocol: 'tcp' }]);
    expect(others).toEqual([]);
    expect(sentence).toMatch(new RegExp(`^Port ${port}, for the page, is taken by `));
    expect(sentence).toContain('set PORT to another port');
  });

  it.runIf(process.platform === 'linux')('names its holder', async () => {
    const port = await listen('127.0.0.1');
    const [sentence] = await takenPorts([{ ...wish, port, protocol: 'tcp' }]);
    expect(sentence).toContain(`(process ${process.pid})`);
  });

  it('is taken for UDP when a socket has it', async () => {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    onTestFinished(() => void socket.close());
    const { port } = socket.address();
    expect(await takenPorts([{ ...wish, port, protocol: 'udp' }])).toHaveLength(1);
  });

  it('is free when nobody has it', async () => {
    const server = createServer().listen(0);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    expect(await takenPorts([{ ...wish, port, protocol: 'tcp' }])).toEqual([]);
  });
});

describe('the table of sockets', () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:1EC8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1',
    '   1: 0100007F:1EC8 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 4712 1',
    '   2: 00000000:1ECA 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4713 2',
  ].join('\n');

  it('tells who listens from who is connected', () => {
    expect(listeningInodes(table, 7880)).toEqual(['4711']);
    expect(listeningInodes(table, 7882)).toEqual(['4713']);
    expect(listeningInodes(table, 80)).toEqual([]);
  });
});

it.each([
  ['/opt/livekit-server\0--dev\0', 'livekit-server'],
  ['/usr/bin/node\0--enable-source-maps\0/srv/dist/node/server.js\0', 'node server.js'],
  ['node\0--require\0/x/preflight.cjs\0server/main.ts\0', 'node main.ts'],
  ['node\0', 'node'],
])('names the program of %j %s', (commandLine, name) => {
  expect(programName(commandLine)).toBe(name);
});
