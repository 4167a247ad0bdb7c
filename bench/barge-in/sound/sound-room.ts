import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { realtimeBus, type RealtimeBus } from '../../../e2e/stack/realtime-bus.ts';
import { findOnPath } from '../../../server/launcher/on-path.ts';
import { Recorder } from './recorder.ts';

/** Of everything that is played and recorded here. */
export const roomRateHz = 48_000;
/** What a program that plays or records keeps in hand, in ms. */
const latencyMs = 20;
const startLimitMs = 10_000;
const serverArgs = ['-n', '--daemonize=no', '--use-pid-file=no', '--exit-idle-time=-1'].concat(
  '--log-level=info',
  '--log-target=stderr',
);

/**
 * A room without air: a PulseAudio of the benchmark's own. One null sink of two channels is its only clock. Its left channel is
 * what the microphone hears, its right one what the speaker plays, so both are recorded sample by sample side by side,
 * outside the browser.
 */
export class SoundRoom {
  /** By which a program finds the devices `microphone` and `speaker`, which are its default ones. */
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

  /** Rejects with what is missing, or with what the sound server said when it would not start. */
  static async open(): Promise<SoundRoom> {
    const program = findOnPath(['pulseaudio']);
    if (program === undefined || findOnPath(['pacat']) === undefined) {
      throw new Error('PulseAudio is needed: apt-get install pulseaudio pulseaudio-utils');
    }
    const folder = await mkdtemp(join(tmpdir(), 'parley-room-'));
    const script = join(folder, 'room.pa');
    await writeFile(script, devices(folder));
    const bus = realtimeBus(folder);
    const room = new SoundRoom(folder, bus?.env);
    try {
      // The bus first, since the sound server asks it, too.
      if (bus) await room.#start(bus.program, bus.args, bus.ready);
      await room.#start(program, [...serverArgs, '-F', script], /startup complete/);
    } catch (error) {
      await room.close();
      throw error;
    }
    return room;
  }

  async close(): Promise<void> {
    for (const program of this.#programs) {
      const gone = once(program, 'exit');
      if (program.kill('SIGTERM')) await gone;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Records both channels until it is stopped. */
  record(): Promise<Recorder> {
    return Recorder.start(
      spawn('parec', ['--device=world.monitor', '--channels=2', ...this.#format()], {
        env: this.#environment(),
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
  }

  /** Plays mono samples ([-1, 1], 48 kHz) to the microphone. Resolves when the last one has been played. */
  async say(samples: Float32Array): Promise<void> {
    const player = this.#player('mouth');
    player.stdin.end(pcm16(samples));
    await once(player, 'exit');
  }

  /** Plays mono samples to the microphone over and over until the release is called. */
  hum(samples: Float32Array): () => void {
    const player = this.#player('mouth');
    const bytes = pcm16(samples);
    const more = (): void => {
      while (player.stdin.writable && player.stdin.write(bytes));
    };
    player.stdin.on('drain', more).on('error', () => undefined);
    more();
    return () => {
      player.stdin.destroy();
      player.kill();
    };
  }

  async #start(program: string, args: readonly string[], ready: RegExp): Promise<void> {
    const started = spawn(program, args, {
      env: this.#serverEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#programs.unshift(started);
    await untilSaid(started, ready);
  }

  #player(device: string): ChildProcessByStdio<Writable, null, null> {
    return spawn('pacat', ['--playback', `--device=${device}`, '--channels=1', ...this.#format()], {
      env: this.#environment(),
      stdio: ['pipe', 'ignore', 'ignore'],
    });
  }

  #format(): string[] {
    return ['--raw', '--format=s16le', `--rate=${roomRateHz}`, `--latency-msec=${latencyMs}`];
  }

  #environment(): NodeJS.ProcessEnv {
    return { ...process.env, ...this.env };
  }
}

function devices(folder: string): string {
  const channel = (side: string): string =>
    `channels=1 channel_map=mono master_channel_map=front-${side} remix=no`;
  return [
    `load-module module-native-protocol-unix auth-anonymous=1 socket=${join(folder, 'native')}`,
    // Rewinding would take back what a recorder has heard already.
    `load-module module-null-sink sink_name=world rate=${roomRateHz} channels=2 channel_map=front-left,front-right norewinds=1`,
    `load-module module-remap-sink sink_name=mouth master=world ${channel('left')}`,
    `load-module module-remap-sink sink_name=speaker master=world ${channel('right')}`,
    `load-module module-remap-source source_name=microphone master=world.monitor ${channel('left')}`,
    'set-default-sink speaker',
    'set-default-source microphone',
    '',
  ].join('\n');
}

async function untilSaid(
  program: ChildProcessByStdio<null, Readable, Readable>,
  ready: RegExp,
): Promise<void> {
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const fail = (): void =>
      reject(new Error(`${program.spawnfile} did not start:\n${said.join('')}`));
    const timer = setTimeout(fail, startLimitMs);
    const logs = [program.stdout, program.stderr];
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

function pcm16(samples: Float32Array): Buffer {
  const pcm = Int16Array.from(samples, (sample) => Math.max(-1, Math.min(1, sample)) * 0x7fff);
  return Buffer.from(pcm.buffer);
}
