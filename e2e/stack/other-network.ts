import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findOnPath } from '../../server/launcher/on-path.ts';

const run = promisify(execFile);
const name = 'parley-e2e';
const [outside, inside] = [`${name}-o`, `${name}-i`];

/**
 * A network of its own for a browser, with one wire to this machine, on which addresses can change (Linux network
 * namespaces, ip-netns(8)). From in there this machine is `hostAddress`.
 */
export class OtherNetwork {
  readonly hostAddress = '10.77.0.1';
  readonly #folder: string;
  readonly #servers: Server[] = [];
  #address: string | undefined;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Undefined where one may not have one: it takes Linux, iproute2 and the rights of an administrator of networks. */
  static async lay(): Promise<OtherNetwork | undefined> {
    if (process.platform !== 'linux' || findOnPath(['ip']) === undefined) return undefined;
    const network = new OtherNetwork(await mkdtemp(join(tmpdir(), 'parley-network-')));
    // Of a run that was broken off.
    await network.#tear();
    try {
      await ip('netns', 'add', name);
      await ip('link', 'add', outside, 'type', 'veth', 'peer', 'name', inside, 'netns', name);
    } catch {
      await network.remove();
      return undefined;
    }
    await ip('addr', 'add', `${network.hostAddress}/24`, 'dev', outside);
    await ip('link', 'set', outside, 'up');
    await ip('-n', name, 'link', 'set', 'lo', 'up');
    // An address of IPv6 that came by itself would be a change of networks while the page loads, and fail its requests.
    await ip('-n', name, 'link', 'set', inside, 'addrgenmode', 'none');
    await ip('-n', name, 'link', 'set', inside, 'up');
    return network;
  }

  /** Gives whoever is in there another address, the last of four numbers, in place of the one that it had. */
  async moveTo(last: number): Promise<void> {
    const before = this.#address;
    this.#address = `10.77.0.${last}/24`;
    if (before !== undefined) await ip('-n', name, 'addr', 'del', before, 'dev', inside);
    await ip('-n', name, 'addr', 'add', this.#address, 'dev', inside);
  }

  /** Lets a port that only this machine can reach be reached from in there. */
  async open(port: number): Promise<void> {
    const server = createServer((socket) => {
      const onward = connect(port, '127.0.0.1');
      socket.pipe(onward).pipe(socket);
      socket.on('error', () => onward.destroy());
      onward.on('error', () => socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(port, this.hostAddress, resolve));
    this.#servers.push(server);
  }

  /** Resolves to a program that starts the given one in there. */
  async programIn(program: string): Promise<string> {
    const path = join(this.#folder, 'in-there');
    await writeFile(path, `#!/bin/sh\nexec ip netns exec ${name} "${program}" "$@"\n`);
    await chmod(path, 0o755);
    return path;
  }

  async remove(): Promise<void> {
    for (const server of this.#servers.splice(0)) server.close();
    await this.#tear();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** The wire for itself: a network outlives its name for as long as a process is in it, and keeps the wire. */
  async #tear(): Promise<void> {
    for (const what of [
      ['link', 'del', outside],
      ['netns', 'del', name],
    ])
      await ip(...what).catch(() => undefined);
  }
}

async function ip(...args: string[]): Promise<void> {
  await run('ip', args);
}
