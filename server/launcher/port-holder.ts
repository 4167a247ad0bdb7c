import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';

export interface PortHolder {
  readonly pid: number;
  readonly name: string;
}

/** Who listens on a port, as far as this user may see it. Never throws. */
export async function portHolder(
  port: number,
  protocol: 'tcp' | 'udp',
): Promise<PortHolder | undefined> {
  try {
    return process.platform === 'linux'
      ? await askProc(port, protocol)
      : await askLsof(port, protocol);
  } catch {
    return undefined;
  }
}

/** /proc is there on every Linux; ss and lsof are not. */
async function askProc(port: number, protocol: 'tcp' | 'udp'): Promise<PortHolder | undefined> {
  const tables = await Promise.all(
    [protocol, `${protocol}6`].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  const inodes = new Set(tables.flatMap((table) => listeningInodes(table, port)));
  if (inodes.size === 0) return undefined;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const descriptor of descriptors) {
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode === undefined || !inodes.has(inode)) continue;
      return {
        pid: Number(pid),
        name: programName(await readFile(`/proc/${pid}/cmdline`, 'utf8')),
      };
    }
  }
  return undefined;
}

/** From the arguments, with NULs between them: "livekit-server", or for a script of Node "node server.js". */
export function programName(commandLine: string): string {
  const [program = '', ...args] = commandLine.split('\0');
  const name = basename(program);
  const script = args.find(
    (argument, i) =>
      !argument.startsWith('-') && !/^(-r|--require|--import)$/.test(args[i - 1] ?? ''),
  );
  return name === 'node' && script ? `node ${basename(script)}` : name;
}

/** Inodes of the sockets in a table of /proc/net that listen (TCP) or are bound (UDP) to `port`. */
export function listeningInodes(table: string, port: number): string[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => {
      // 0A: listening TCP socket; 07: UDP socket without a peer.
      return local?.endsWith(`:${hexPort}`) && (state === '0A' || state === '07');
    })
    .map((fields) => fields[9] ?? '')
    .filter((inode) => inode !== '');
}

async function askLsof(port: number, protocol: 'tcp' | 'udp'): Promise<PortHolder | undefined> {
  const state = protocol === 'tcp' ? ['-sTCP:LISTEN'] : [];
  const { stdout } = await promisify(execFile)('lsof', [
    '-nP',
    `-i${protocol.toUpperCase()}:${port}`,
    ...state,
    '-Fpc',
  ]);
  const pid = /^p(\d+)$/m.exec(stdout)?.[1];
  const name = /^c(.+)$/m.exec(stdout)?.[1];
  return pid === undefined || name === undefined ? undefined : { pid: Number(pid), name };
}
