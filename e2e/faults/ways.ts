import type { BrowserContext, Page } from '@playwright/test';
import type { Parley } from '../parley.ts';
import { roomToken } from '../stack/tokens.ts';

declare global {
  interface Window {
    connections: RTCPeerConnection[];
  }
}

/** The way that sound takes, by the browser's own figures (W3C webrtc-stats, candidate pairs). */
interface Way {
  /** `udp` or `tcp`, of the page's own end of it. */
  readonly protocol: string;
  /** By which a relay is reached, where there is one. */
  readonly relayProtocol?: string;
}

/** Asks the assistant of another LiveKit server something by voice. Resolves to the ways that the sound took. */
export async function talkAt(
  livekitUrl: string,
  { parley, context, roomName }: { parley: Parley; context: BrowserContext; roomName: string },
): Promise<Way[]> {
  await keepConnections(context);
  await parley.open();
  await parley.connect({ url: livekitUrl, token: await roomToken({ room: roomName }) });
  // The agent there may still be starting.
  await parley.untilListening(60_000);
  await parley.untilIntroduced();
  await parley.ask('What is seventeen times twenty-three?', '391');
  return waysInUse(parley.page);
}

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

/** The ways in use, each once, both directions taken together. */
async function waysInUse(page: Page): Promise<Way[]> {
  const ways = await page.evaluate(async () => {
    const used = window.connections.map(async (connection) => {
      const reports = [...(await connection.getStats()).values()] as {
        id: string;
        type: string;
        nominated?: boolean;
        state?: string;
        localCandidateId?: string;
        protocol?: string;
        relayProtocol?: string;
      }[];
      const pairs = reports.filter(
        ({ type, nominated, state }) =>
          type === 'candidate-pair' && nominated === true && state === 'succeeded',
      );
      return pairs.map(({ localCandidateId }) => {
        const { protocol = '', relayProtocol } =
          reports.find(({ id }) => id === localCandidateId) ?? {};
        return { protocol, ...(relayProtocol !== undefined && { relayProtocol }) };
      });
    });
    return (await Promise.all(used)).flat();
  });
  return [...new Map(ways.map((way) => [JSON.stringify(way), way])).values()];
}
