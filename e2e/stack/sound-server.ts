import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlaywrightTestConfig } from '@playwright/test';
import { findOnPath } from '../../server/launcher/on-path.ts';
import { serverArgs, serverReady } from '../audio/pulse-audio.ts';
import { realtimeBus, type RealtimeBus } from './realtime-bus.ts';
import { stack } from './stack.ts';

type WebServer = Extract<
  NonNullable<PlaywrightTestConfig['webServer']>,
  readonly unknown[]
>[number];

/** A PulseAudio of the tests' own, with one speaker that nobody hears, and what lets audio threads go first. */
export interface SoundServer {
  readonly processes: readonly WebServer[];
  /** By which a program finds it. */
  readonly env: Readonly<Record<string, string>>;
}

const gracefulShutdown = { signal: 'SIGTERM', timeout: 2000 } as const;

/**
 * Firefox takes its clock for sound from a device. Without one there is only its mock, which is up to a tenth too slow:
 * enough to be understood in most cases, but with gaps. So where PulseAudio is installed, Firefox gets a true clock.
 */
export const soundServer = findSoundServer();

function findSoundServer(): SoundServer | undefined {
  const program = process.platform === 'linux' ? findOnPath(['pulseaudio']) : undefined;
  if (program === undefined) return undefined;
  const folder = join(tmpdir(), `parley-e2e-sound-${new URL(stack.pageUrl).port}`);
  const socket = join(folder, 'native');
  mkdirSync(folder, { recursive: true });
  const bus = realtimeBus(folder);
  const modules = [
    `module-native-protocol-unix auth-anonymous=1 socket=${socket}`,
    'module-null-sink sink_name=speaker norewinds=1',
  ];
  const pulseAudio: WebServer = {
    command: [program, ...serverArgs, ...modules.map((line) => `-L "${line}"`)].join(' '),
    name: 'PulseAudio',
    env: { PULSE_RUNTIME_PATH: folder, ...bus?.env },
    wait: { stderr: serverReady },
    stderr: 'ignore',
    gracefulShutdown,
  };
  return {
    // The bus first, since the sound server asks it, too.
    processes: bus ? [processOf(bus), pulseAudio] : [pulseAudio],
    env: { PULSE_SERVER: `unix:${socket}`, ...bus?.env },
  };
}

function processOf(bus: RealtimeBus): WebServer {
  return {
    command: [bus.program, ...bus.args].join(' '),
    name: 'D-Bus',
    env: { ...bus.env },
    wait: { stdout: bus.ready },
    stdout: 'ignore',
    stderr: 'ignore',
    gracefulShutdown,
  };
}
