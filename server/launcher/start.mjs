// The door: `node server/launcher/start.mjs [start|doctor|server|agent|test|setup] [arguments]`.
// Works on a fresh clone with nothing installed, so: Node's own modules only, and syntax that an old Node can read.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compressFolder } from './compress.mjs';
import {
  fingerprint,
  nodeSources,
  packagesAreCurrent,
  readStamp,
  writeStamp,
} from './freshness.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const command = process.argv[2] || 'start';

checkNode();
await installPackages();
await buildPart('agent and server', 'node', 'dist/node/launcher.js', nodeSources);
if (command !== 'agent' && command !== 'doctor' && existsSync(join(root, 'index.html'))) {
  await buildPart('page', 'page', 'dist/page/index.html', [
    'src',
    'protocol',
    'vad',
    'public',
    'index.html',
    'lab.html',
    // What the Lab's labelled recordings are made by and of.
    'bench/conditions',
    'bench/quality',
    'bench/sounds',
    'vite.config.ts',
    'vite.embed.ts',
    'vite.service-worker.ts',
    'package-lock.json',
  ]);
}
await import(pathToFileURL(join(root, 'dist/node/launcher.js')).href);

function checkNode() {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const wanted = manifest.engines.node.replace('>=', '').split('.').map(Number);
  const actual = process.versions.node.split('.').map(Number);
  const difference = [0, 1, 2].map((i) => actual[i] - wanted[i]).find((d) => d !== 0) || 0;
  if (difference < 0) {
    fail(
      `Parley needs Node ${wanted.join('.')} or later, and this is Node ${process.versions.node}. ` +
        'Install a newer one from https://nodejs.org and try again.',
    );
  }
}

async function installPackages() {
  if (packagesAreCurrent(root)) return;
  step('Installing packages (npm ci)');
  // npm tells its children where it lies; started without npm, the one on PATH is meant.
  const npm = process.env.npm_execpath;
  const args = ['ci', '--include=dev'];
  const onWindows = process.platform === 'win32';
  const done =
    npm && /npm-cli\.c?js$/.test(npm)
      ? await run(process.execPath, [npm, ...args])
      : await run('npm', args, onWindows);
  if (!done) {
    fail(
      'The packages could not be installed; the lines of npm above say why. ' +
        'Check the network connection and that package-lock.json is unchanged, then try again.',
    );
  }
}

async function buildPart(title, name, product, sources) {
  const stampPath = join(root, 'dist', `${name}.sha256`);
  const wanted = fingerprint(root, sources);
  if (existsSync(join(root, product)) && readStamp(stampPath) === wanted) return;
  step(`Building the ${title}`);
  const built =
    name === 'page'
      ? (await buildWithVite('vite.config.ts')) && (await buildWithVite('vite.embed.ts'))
      : await run(process.execPath, ['server/launcher/build.mjs']);
  if (!built) fail(`The ${title} could not be built; the lines above say why.`);
  if (name === 'page') compressFolder(join(root, 'dist', 'page'));
  writeStamp(stampPath, wanted);
}

function buildWithVite(config) {
  const vite = 'node_modules/vite/bin/vite.js';
  return run(process.execPath, [vite, 'build', '--config', config, '--logLevel', 'warn']);
}

/** Resolves to whether the program succeeded. */
function run(program, args, shell = false) {
  let stopped = false;
  // npm clears up after itself when it is stopped. To leave before it has done so would let the next start run into it.
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', shell });
    const stop = (signal) => {
      stopped = true;
      // A terminal has told the child already.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    signals.forEach((signal) => process.on(signal, stop));
    const end = (succeeded) => {
      signals.forEach((signal) => process.off(signal, stop));
      if (stopped) process.exit(130);
      resolve(succeeded);
    };
    child.once('error', () => end(false));
    child.once('exit', (code) => end(code === 0));
  });
}

function step(text) {
  process.stdout.write(`${new Date().toTimeString().slice(0, 8)}  ${text}\n`);
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
