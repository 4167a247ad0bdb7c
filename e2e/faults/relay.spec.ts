import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { project } from '../stack/browsers.ts';
import { Program } from '../stack/programs.ts';
import { stackOn } from '../stack/stack.ts';
import { expect, test } from '../test.ts';
import { talkAt } from './ways.ts';

/** No name of the public network's; the browser is told where it is. */
const domain = 'turn.parley.example';
const relayPort = 7999;
const ports = stackOn({ pagePort: 4340, livekitPort: 7996 });
const programs: Program[] = [];
let folder = '';

// Firefox cannot be told to take a certificate of ours, and would not start with Chromium's arguments.
test.skip(({ browserName }) => browserName !== 'chromium', 'It needs arguments of Chromium.');
const { launchOptions } = project('chromium').use ?? {};
test.use({
  launchOptions: {
    ...launchOptions,
    args: [
      ...(launchOptions?.args ?? []),
      `--host-resolver-rules=MAP ${domain} 127.0.0.1`,
      // Nobody vouches for a certificate that a test made.
      '--ignore-certificate-errors',
    ],
  },
});

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-relay-'));
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const { cert, private: key } = await generate([{ name: 'commonName', value: domain }]);
  await writeFile(certFile, cert);
  await writeFile(keyFile, key);
  const withRelay = {
    ...ports,
    env: {
      ...ports.env,
      PARLEY_TURN_DOMAIN: domain,
      PARLEY_TURN_PORT: String(relayPort),
      PARLEY_TURN_CERT: certFile,
      PARLEY_TURN_KEY: keyFile,
    },
  };
  programs.push(await Program.livekit(withRelay));
  programs.push(Program.agent(withRelay));
});

test.afterAll(async () => {
  for (const program of programs.splice(0).reverse()) await program.stop();
  await rm(folder, { recursive: true, force: true });
});

test('where nothing but TLS gets through, the talk goes over LiveKit’s relay', async ({
  parley,
  context,
  roomName,
}) => {
  await context.addInitScript((port) => {
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration: RTCConfiguration = {}) {
        super({ ...configuration, ...onlyRelayed(configuration) });
      }
      override setConfiguration(configuration: RTCConfiguration = {}): void {
        super.setConfiguration({ ...configuration, ...onlyRelayed(configuration) });
      }
    };
    // LiveKit tells 443, wherever it listens; a network's own router would lead that on.
    function onlyRelayed({ iceServers = [] }: RTCConfiguration): RTCConfiguration {
      const led = iceServers.map((server) => ({
        ...server,
        urls: [server.urls].flat().map((url) => url.replace(':443', `:${port}`)),
      }));
      return { iceServers: led, iceTransportPolicy: 'relay' };
    }
  }, relayPort);
  const ways = await talkAt(ports.livekitUrl, { parley, context, roomName });
  expect(ways).toEqual([{ protocol: 'udp', relayProtocol: 'tls' }]);
});
