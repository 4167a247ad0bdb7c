import { once } from 'node:events';
import { pageDetector } from '../agent/gate/test-passage.ts';
import { openContext, openRealBrowser } from '../bench/barge-in/real-browser.ts';
import type { DetectorEvent } from '../src/vad/messages.ts';
import { frameSamples } from '../vad/silero/frame.ts';
import { humanSpeech } from '../vad/testing/recording.ts';
import { PulseAudio } from './audio/pulse-audio.ts';
import { detectorUrl, type DetectorPart } from './fixtures/built-detector.ts';
import { expect, test, thorough } from './test.ts';

/** From this probability on a frame is speech. */
const speechFrom = 0.5;
const speechHz = 16_000;
/** Of a reader, with a second of faint noise first. */
const lengthS = 5.5;
/** A browser on a busy machine loses a piece of sound now and then; at a wrong rate there would be hardly any speech. */
const tolerance = 0.3;

/** A microphone of this rate, with no other device beside it but a speaker of the same. */
class Device {
  readonly #sound: PulseAudio;

  private constructor(sound: PulseAudio) {
    this.#sound = sound;
  }

  static async plugIn(rateHz: number): Promise<Device> {
    const devices = [
      `load-module module-null-sink sink_name=mouth rate=${rateHz} channels=1 norewinds=1`,
      `load-module module-null-sink sink_name=speaker rate=${rateHz} norewinds=1`,
      'load-module module-remap-source source_name=microphone master=mouth.monitor channels=1',
      'set-default-sink speaker',
      'set-default-source microphone',
    ];
    return new Device(await PulseAudio.start(devices, rateHz));
  }

  get env(): Readonly<Record<string, string>> {
    return this.#sound.env;
  }

  /** Says samples at 16 kHz, mono, [-1, 1]. Resolves when the last one has been said. */
  async say(samples: Float32Array): Promise<void> {
    const format = ['--format=float32le', '--channels=1', `--rate=${speechHz}`];
    const player = this.#sound.player('--device=mouth', ...format);
    player.stdin.end(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength));
    await once(player, 'exit');
  }

  unplug(): Promise<void> {
    return this.#sound.stop();
  }
}

test.skip(!PulseAudio.isThere, 'It needs PulseAudio for its devices.');

for (const rateHz of [16_000, 44_100, 96_000]) {
  test(
    `a microphone of ${rateHz} Hz is heard like any other`,
    rateHz === 16_000 ? {} : thorough,
    async ({ browserName, baseURL }) => {
      if (browserName === 'webkit') throw new Error('Not tested there.');
      const said = (await humanSpeech()).subarray(0, lengthS * speechHz);
      const expected = await speechSecondsOf(said);
      const device = await Device.plugIn(rateHz);
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
    },
  );
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
