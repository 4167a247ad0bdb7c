import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pageDetector } from '../agent/gate/test-passage.ts';
import { openContext, openRealBrowser } from '../bench/barge-in/real-browser.ts';
import { findOnPath } from '../server/launcher/on-path.ts';
import type { DetectorEvent } from '../src/vad/messages.ts';
import { frameSamples } from '../vad/silero/frame.ts';
import { humanSpeech } from '../vad/testing/recording.ts';
import { detectorUrl, type DetectorPart } from './fixtures/built-detector.ts';
import { expect, test } from './test.ts';

/** From this probability on a frame is speech. */
const speechFrom = 0.5;
const speechHz = 16_000;
/** Of a reader, with a second of faint noise first. */
const lengthS = 5.5;
/** A browser on a busy machine loses a piece of sound now and then; at a wrong rate there would be hardly any speech. */
const tolerance = 0.3;
const startLimitMs = 10_000;

/** A microphone of this rate, with no other device beside it but a speaker of the same. */
class Device {
  readonly #folder: string;
  readonly #server: ChildProcess;
  readonly env: Readonly<Record<string, string>>;

  private constructor(folder: string, server: ChildProcess) {
    this.#folder = folder;
    this.#server = server;
    this.env = { PULSE_SERVER: `unix:${join(folder, 'native')}` };
  }

  static async plugIn(program: string, rateHz: number): Promise<Device> {
    const folder = await mkdtemp(join(tmpdir(), 'parley-rate-'));
    const config = join(folder, 'daemon.conf');
    await writeFile(config, `default-sample-rate = ${rateHz}\nalternate-sample-rate = ${rateHz}\n`);
    const script = join(folder, 'devices.pa');
    const lines = [
      `load-module module-native-protocol-unix auth-anonymous=1 socket=${join(folder, 'native')}`,
      `load-module module-null-sink sink_name=mouth rate=${rateHz} channels=1 norewinds=1`,
      `load-module module-null-sink sink_name=speaker rate=${rateHz} norewinds=1`,
      'load-module module-remap-source source_name=microphone master=mouth.monitor channels=1',
      'set-default-sink speaker',
      'set-default-source microphone',
      '',
    ];
    await writeFile(script, lines.join('\n'));
    const server = spawn(
      program,
      ['-n', '-F', script, '--daemonize=no', '--use-pid-file=no', '--exit-idle-time=-1'].concat(
        '--log-level=info',
        '--log-target=stderr',
      ),
      {
        env: { ...process.env, PULSE_RUNTIME_PATH: folder, PULSE_CONFIG: config },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    const device = new Device(folder, server);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('PulseAudio did not start.')), startLimitMs);
      server.stderr.setEncoding('utf8').on('data', (part: string) => {
        if (!part.includes('startup complete')) return;
        clearTimeout(timer);
        resolve();
      });
    });
    return device;
  }

  /** Says samples at 16 kHz, mono, [-1, 1]. Resolves when the last one has been said. */
  async say(samples: Float32Array): Promise<void> {
    const player = spawn(
      'pacat',
      ['--playback', '--device=mouth', '--raw', '--format=float32le', '--channels=1'].concat(
        `--rate=${speechHz}`,
      ),
      { env: { ...process.env, ...this.env }, stdio: ['pipe', 'ignore', 'ignore'] },
    );
    player.stdin.end(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength));
    await once(player, 'exit');
  }

  async unplug(): Promise<void> {
    const gone = once(this.#server, 'exit');
    this.#server.kill('SIGTERM');
    await gone;
    await rm(this.#folder, { recursive: true, force: true });
  }
}

const program = findOnPath(['pulseaudio']) ?? '';
test.skip(program === '', 'It needs PulseAudio for its devices.');

for (const rateHz of [16_000, 44_100, 96_000]) {
  test(`a microphone of ${rateHz} Hz is heard like any other`, async ({ browserName, baseURL }) => {
    if (browserName === 'webkit') throw new Error('Not tested there.');
    const said = (await humanSpeech()).subarray(0, lengthS * speechHz);
    const expected = await speechSecondsOf(said);
    const device = await Device.plugIn(program, rateHz);
    const browser = await openRealBrowser(browserName, device.env);
    try {
      const page = await (await openContext(browser, browserName)).newPage();
      await page.goto(`${baseURL ?? ''}/`);
      await page.locator('body').click({ position: { x: 5, y: 5 } });
      const trackHz = await page.evaluate(async (url) => {
        const { Detector } = (await import(url)) as DetectorPart;
        const context = new AudioContext();
        await context.resume();
        const stream = await navigator.mediaDevices.getUserMedia({
          audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
        });
        const [track] = stream.getAudioTracks();
        if (!track) throw new Error('The microphone has no track.');
        const heard: number[] = [];
        Object.assign(window, { heard });
        let tell: (event: DetectorEvent) => void = () => undefined;
        const detector = await Detector.start({
          context,
          sensitivity: 'normal',
          onEvent: (event) => tell(event),
        });
        detector.watch(true);
        detector.listenTo(track);
        await new Promise<void>((resolve, reject) => {
          tell = (event) => {
            if (event.kind === 'failed') reject(new Error(event.message));
            if (event.kind !== 'frame') return;
            heard.push(event.frame.probability);
            resolve();
          };
        });
        return [track.getSettings().sampleRate, context.sampleRate];
      }, detectorUrl());
      await device.say(said);
      const heard = await page.evaluate(
        () => (window as unknown as { heard: readonly number[] }).heard,
      );
      const seconds = speechSeconds(heard);
      test.info().annotations.push({
        type: 'rate',
        description: `${rateHz} Hz: track and graph ${trackHz.join(', ')} Hz, ${heard.length} frames, speech ${seconds.toFixed(2)} of ${expected.toFixed(2)} s`,
      });
      expect(Math.abs(seconds / expected - 1)).toBeLessThan(tolerance);
    } finally {
      await browser.close();
      await device.unplug();
    }
  });
}

/** What the same detector finds in the samples themselves. */
async function speechSecondsOf(samples: Float32Array): Promise<number> {
  const silero = await pageDetector();
  const probabilities: number[] = [];
  for (let at = 0; at + frameSamples <= samples.length; at += frameSamples) {
    probabilities.push(silero.probability(samples.subarray(at, at + frameSamples)));
  }
  return speechSeconds(probabilities);
}

function speechSeconds(probabilities: readonly number[]): number {
  const frames = probabilities.filter((probability) => probability >= speechFrom).length;
  return (frames * frameSamples) / speechHz;
}
