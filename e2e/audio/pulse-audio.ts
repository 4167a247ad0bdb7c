import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { findOnPath } from '../../server/launcher/on-path.ts';
import { realtimeBus, type RealtimeBus } from '../stack/realtime-bus.ts';

const startLimitMs = 10_000;
/** Of a server that has no devices but those it is told of, and says on stderr how it fares. */
export const serverArgs = [
  ...['-n', '--daemonize=no', '--use-pid-file=no', '--exit-idle-time=-1'],
  ...['--log-level=info', '--log-target=stderr'],
];
export const serverReady = /startup complete/;

/** Sound devices of one's own, which the programs find that are given its `env`, and which can be plugged in and out. */
export class PulseAudio {
  readonly env: Readonly<Record<string, string>>;
  readonly #folder: string;
  readonly #serverEnv: NodeJS.ProcessEnv;
  /** The last one that was started comes first. */
  readonly #programs: ChildProcess[] = [];

  private constructor(folder: string, busEnv: RealtimeBus['env'] = {}) {
    this.#folder = folder;
    this.#serverEnv = { ...process.env, PULSE_RUNTIME_PATH: folder, ...busEnv };
    this.env = { PULSE_SERVER: `unix:${join(folder, 'native')}`, ...busEnv };
  }

  /** Whether it is installed, with the programs that play and record. */
  static get isThere(): boolean {
    return ['pulseaudio', 'pacat', 'pactl'].every((name) => findOnPath([name]) !== undefined);
  }

  /**
   * `devices`: lines of its script (`load-module …`). `rateHz`: of what plays and records, where not its own default.
   * Rejects with what is missing, or with what it said when it would not start.
   */
  static async start(devices: readonly string[], rateHz?: number): Promise<PulseAudio> {
    const program = findOnPath(['pulseaudio']);
    if (program === undefined || !PulseAudio.isThere) {
      throw new Error('PulseAudio is needed: apt-get install pulseaudio pulseaudio-utils');
    }
    const folder = await mkdtemp(join(tmpdir(), 'parley-room-'));
    const script = join(folder, 'devices.pa');
    const socket = `load-module module-native-protocol-unix auth-anonymous=1 socket=${join(folder, 'native')}`;
    await writeFile(script, [socket, ...devices, ''].join('\n'));
    const bus = realtimeBus(folder);
    const started = new PulseAudio(folder, bus?.env);
    try {
      if (rateHz !== undefined) await started.#setRate(rateHz);
      // The bus first, since the sound server asks it, too.
      if (bus) await started.#run(bus.program, bus.args, bus.ready);
      await started.#run(program, [...serverArgs, '-F', script], serverReady);
    } catch (error) {
      await started.stop();
      throw error;
    }
    return started;
  }

  async stop(): Promise<void> {
    for (const program of this.#programs) {
      const gone = once(program, 'exit');
      if (program.kill('SIGTERM')) await gone;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Plugs a device in. Resolves to how it is called when it is to be plugged out. */
  async plugIn(module: string, ...options: readonly string[]): Promise<string> {
    return (await this.#control('load-module', module, ...options)).trim();
  }

  async plugOut(device: string): Promise<void> {
    await this.#control('unload-module', device);
  }

  /** Starts `pacat`, which plays what is written to it. */
  player(...args: readonly string[]): ChildProcessByStdio<Writable, null, null> {
    return spawn('pacat', ['--playback', '--raw', ...args], {
      env: { ...process.env, ...this.env },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
  }

  /** Starts `parec`, which writes what it hears. */
  recorder(...args: readonly string[]): ChildProcessByStdio<null, Readable, null> {
    return spawn('parec', ['--raw', ...args], {
      env: { ...process.env, ...this.env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  }

  async #setRate(rateHz: number): Promise<void> {
    const config = join(this.#folder, 'daemon.conf');
    this.#serverEnv['PULSE_CONFIG'] = config;
    await writeFile(config, `default-sample-rate = ${rateHz}\nalternate-sample-rate = ${rateHz}\n`);
  }

  async #control(...args: readonly string[]): Promise<string> {
    const program = spawn('pactl', args, {
      env: { ...process.env, ...this.env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const said: string[] = [];
    program.stdout.setEncoding('utf8').on('data', (part: string) => said.push(part));
    const [code] = (await once(program, 'close')) as [number | null];
    if (code !== 0) throw new Error(`pactl ${args.join(' ')} failed.`);
    return said.join('');
  }

  async #run(program: string, args: readonly string[], ready: RegExp): Promise<void> {
    const started = spawn(program, args, {
      env: this.#serverEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#programs.unshift(started);
    await untilSaid(started, ready);
  }
}

async function untilSaid(
  program: ChildProcessByStdio<null, Readable, Readable>,
  ready: RegExp,
): Promise<void> {
  const said: string[] = [];
  const logs = [program.stdout, program.stderr];
  await new Promise<void>((resolve, reject) => {
    const fail = (): void =>
      reject(new Error(`${program.spawnfile} did not start:\n${said.join('')}`));
    const timer = setTimeout(fail, startLimitMs);
    const hear = (part: string): void => {
      said.push(part);
      if (!ready.test(part)) return;
      clearTimeout(timer);
      said.length = 0;
      // Nobody reads on, but it must not block when the pipe is full.
      for (const log of logs) log.removeAllListeners('data').resume();
      resolve();
    };
    for (const log of logs) log.setEncoding('utf8').on('data', hear);
    program.once('exit', fail).once('error', fail);
  });
}
