import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { PulseAudio } from '../../../e2e/audio/pulse-audio.ts';
import { Recorder } from './recorder.ts';

/** Of everything that is played and recorded here. */
export const roomRateHz = 48_000;
/** What a program that plays or records keeps in hand, in ms. */
const latencyMs = 20;
const format = ['--format=s16le', `--rate=${roomRateHz}`, `--latency-msec=${latencyMs}`];

/**
 * A room without air: a PulseAudio of the benchmark's own. One null sink of two channels is its only clock. Its left channel is
 * what the microphone hears, its right one what the speaker plays, so both are recorded sample by sample side by side,
 * outside the browser.
 */
export class SoundRoom {
  readonly #sound: PulseAudio;

  private constructor(sound: PulseAudio) {
    this.#sound = sound;
  }

  /** Rejects with what is missing, or with what the sound server said when it would not start. */
  static async open(): Promise<SoundRoom> {
    return new SoundRoom(await PulseAudio.start(devices));
  }

  /** By which a program finds the devices `microphone` and `speaker`, which are its default ones. */
  get env(): Readonly<Record<string, string>> {
    return this.#sound.env;
  }

  close(): Promise<void> {
    return this.#sound.stop();
  }

  /** Records both channels until it is stopped. */
  record(): Promise<Recorder> {
    return Recorder.start(
      this.#sound.recorder('--device=world.monitor', '--channels=2', ...format),
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

  #player(device: string): ChildProcessByStdio<Writable, null, null> {
    return this.#sound.player(`--device=${device}`, '--channels=1', ...format);
  }
}

const devices = [
  // Rewinding would take back what a recorder has heard already.
  `load-module module-null-sink sink_name=world rate=${roomRateHz} channels=2 channel_map=front-left,front-right norewinds=1`,
  `load-module module-remap-sink sink_name=mouth master=world ${channel('left')}`,
  `load-module module-remap-sink sink_name=speaker master=world ${channel('right')}`,
  `load-module module-remap-source source_name=microphone master=world.monitor ${channel('left')}`,
  'set-default-sink speaker',
  'set-default-source microphone',
];

function channel(side: string): string {
  return `channels=1 channel_map=mono master_channel_map=front-${side} remix=no`;
}

function pcm16(samples: Float32Array): Buffer {
  const pcm = Int16Array.from(samples, (sample) => Math.max(-1, Math.min(1, sample)) * 0x7fff);
  return Buffer.from(pcm.buffer);
}
