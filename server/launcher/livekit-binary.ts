import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findOnPath, isExecutable } from './on-path.ts';
import { PlainFailure } from './plain-failure.ts';

/** The newest that a plain `go install` takes: later ones have `replace` lines, which it refuses. */
export const livekitVersion = '1.11.0';
const goPackage = `github.com/livekit/livekit-server/cmd/server@v${livekitVersion}`;
const ending = process.platform === 'win32' ? '.exe' : '';

export type LivekitBinary =
  | { readonly kind: 'installed'; readonly path: string }
  | { readonly kind: 'cached'; readonly path: string }
  | { readonly kind: 'to-build'; readonly go: string; readonly path: string }
  | { readonly kind: 'missing' };

/** Where a LiveKit server is, or how one can be had, in the order of preference. */
export function findLivekit(
  cacheFolder: string,
  environment: NodeJS.ProcessEnv = process.env,
): LivekitBinary {
  const installed = findOnPath(['livekit-server'], environment);
  if (installed !== undefined) return { kind: 'installed', path: installed };
  // Go calls it `server`; here it has a name that says which one it is.
  const path = join(cacheFolder, 'livekit', `livekit-server-${livekitVersion}${ending}`);
  if (isExecutable(path)) return { kind: 'cached', path };
  const go = findOnPath(['go'], environment);
  return go === undefined ? { kind: 'missing' } : { kind: 'to-build', go, path };
}

export const noLivekitAdvice =
  'No LiveKit server was found. Install Go (https://go.dev/dl) so that one can be built here, or put livekit-server ' +
  'on PATH (https://docs.livekit.io/home/self-hosting/local), or set LIVEKIT_URL to a server of your own.';

/**
 * Path of a LiveKit server, which is built first where there is none. Throws a `PlainFailure` if none can be had.
 * `onProgress` hears a few words each second while it builds.
 */
export async function obtainLivekit(
  cacheFolder: string,
  onProgress: (text: string) => void,
  signal: AbortSignal,
): Promise<string> {
  const found = findLivekit(cacheFolder);
  if (found.kind === 'missing') throw new PlainFailure(noLivekitAdvice);
  if (found.kind === 'to-build') await build(found.go, found.path, onProgress, signal);
  return found.path;
}

async function build(
  go: string,
  path: string,
  onProgress: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const folder = join(path, '..');
  await mkdir(folder, { recursive: true });
  // Built beside its place and moved there whole, so that a build that is broken off leaves nothing that looks right.
  const building = await mkdtemp(join(folder, 'building-'));
  const startedAtMs = performance.now();
  let downloads = 0;
  const report = () => {
    const seconds = Math.round((performance.now() - startedAtMs) / 1000);
    const doing = downloads > 0 && seconds < 20 ? `${downloads} modules fetched` : 'building';
    onProgress(`${doing}, ${seconds} s (about 2 minutes, only this once)`);
  };
  report();
  const timer = setInterval(report, 1000);
  try {
    const child = spawn(go, ['install', goPackage], {
      env: { ...process.env, GOBIN: building, GOFLAGS: '', GO111MODULE: 'on' },
      stdio: ['ignore', 'ignore', 'pipe'],
      signal,
      killSignal: 'SIGKILL',
    });
    const lines: string[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (line.startsWith('go: downloading')) downloads++;
      else lines.push(line);
    });
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new PlainFailure(explain(lines.join('\n')));
    await rename(join(building, `server${ending}`), path);
  } finally {
    clearInterval(timer);
    await rm(building, { recursive: true, force: true });
  }
}

/** What `go install` says when it fails, for a person. */
export function explain(output: string): string {
  if (/no such host|i\/o timeout|connection refused|network is unreachable|dial tcp/.test(output)) {
    return (
      'The LiveKit server could not be built because its sources could not be fetched. ' +
      'Check the network connection and try again, or set LIVEKIT_URL to a server of your own.'
    );
  }
  if (output.includes('no space left')) {
    return 'The LiveKit server could not be built because the disk is full. Make 3 GB of room and try again.';
  }
  const last = output.trim().split('\n').at(-1) ?? '';
  return `The LiveKit server could not be built: ${last || 'go install gave no reason'}. Set LIVEKIT_URL to a server of your own, or put livekit-server on PATH.`;
}
