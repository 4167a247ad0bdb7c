import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { portHolder } from './port-holder.ts';

/** A port that the launcher is about to use. */
export interface PortWish {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** What it is for, e.g. "the page". */
  readonly purpose: string;
  /** The variable that moves it elsewhere. */
  readonly variable: string;
}

/** One sentence for each wished port that somebody else has. */
export async function takenPorts(wishes: readonly PortWish[]): Promise<string[]> {
  const sentences = await Promise.all(
    wishes.map(async (wish) => ((await isFree(wish)) ? undefined : describe(wish))),
  );
  return sentences.filter((sentence) => sentence !== undefined);
}

async function describe({ port, protocol, purpose, variable }: PortWish): Promise<string> {
  const holder = await portHolder(port, protocol);
  const by = holder === undefined ? 'another program' : `${holder.name} (process ${holder.pid})`;
  return (
    `Port ${port}${protocol === 'udp' ? ' (UDP)' : ''}, for ${purpose}, is taken by ${by}. ` +
    `Stop it, or set ${variable} to another port.`
  );
}

/** Tried on all addresses and on this machine's own: either may be taken alone. */
async function isFree({ port, protocol }: PortWish): Promise<boolean> {
  for (const host of [undefined, '127.0.0.1', '::1']) {
    if (!(await canBind(port, protocol, host))) return false;
  }
  return true;
}

async function canBind(port: number, protocol: 'tcp' | 'udp', host: string | undefined) {
  try {
    if (protocol === 'tcp') {
      const server = createServer();
      server.listen({ port, host, exclusive: true });
      await once(server, 'listening');
      await new Promise((resolve) => server.close(resolve));
    } else {
      const socket = createSocket({ type: host === '::1' ? 'udp6' : 'udp4' });
      socket.bind({ port, exclusive: true, ...(host === undefined ? {} : { address: host }) });
      await once(socket, 'listening');
      socket.close();
    }
    return true;
  } catch (error) {
    // A machine without IPv6 has no such address, and nobody can have taken the port there.
    return ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes((error as NodeJS.ErrnoException).code ?? '');
  }
}
