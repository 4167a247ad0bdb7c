import type { BrowserContext } from '@playwright/test';
import { roomToken } from '../stack/tokens.ts';
import { Program } from '../stack/programs.ts';
import { stackOn } from '../stack/stack.ts';
import { expect, test } from '../test.ts';

const ports = stackOn({ pagePort: 4330, livekitPort: 7994 });
const withoutUdp = { ...ports, env: { ...ports.env, PARLEY_LIVEKIT_UDP: 'off' } };
const programs: Program[] = [];

test.beforeAll(async () => {
  programs.push(await Program.livekit(withoutUdp));
  programs.push(Program.agent(withoutUdp));
});

test.afterAll(async () => {
  for (const program of programs.splice(0).reverse()) await program.stop();
});

declare global {
  interface Window {
    connections: RTCPeerConnection[];
  }
}

/** Lets a test ask the page's connections for their figures. */
async function keepConnections(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    window.connections = [];
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        window.connections.push(this);
      }
    };
  });
}

/** By what protocol the sound goes, both ways. */
function protocolsInUse(): Promise<string[]> {
  const used = window.connections.map(async (connection) => {
    const reports = [...(await connection.getStats()).values()] as {
      id: string;
      type: string;
      nominated?: boolean;
      state?: string;
      localCandidateId?: string;
      protocol?: string;
    }[];
    const pairs = reports.filter(
      ({ type, nominated, state }) =>
        type === 'candidate-pair' && nominated === true && state === 'succeeded',
    );
    return pairs.map(
      ({ localCandidateId }) => reports.find(({ id }) => id === localCandidateId)?.protocol ?? '',
    );
  });
  return Promise.all(used).then((protocols) => [...new Set(protocols.flat())]);
}

test('where no UDP gets through, the talk goes over TCP', async ({ parley, context, roomName }) => {
  await keepConnections(context);
  await parley.open();
  const token = await roomToken({ room: roomName });
  await parley.connect({ url: withoutUdp.livekitUrl, token });
  // The agent of this stack may still be starting.
  await parley.untilListening(60_000);
  await parley.untilIntroduced();
  await parley.say('What is seventeen times twenty-three?');
  await expect(parley.said('Assistant').last()).toContainText('391');
  expect(await parley.page.evaluate(protocolsInUse)).toEqual(['tcp']);
});
