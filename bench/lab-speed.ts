import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, firefox, type Browser, type Page } from '@playwright/test';
import { project } from '../e2e/stack/browsers.ts';
import { humanSpeech } from '../vad/testing/recording.ts';
import { wavOf } from '../vad/testing/wav.ts';
import type { BrowserName } from '../server/launcher/browsers.ts';
import { serveLab } from './lab/serve.ts';
import { processTree, proportionalMb } from './processes.ts';
import { report, spreadOf } from './report.ts';

/**
 * Seconds of sound that the Lab hears in a second of the clock, with one worker, and vad-web's NonRealTimeVAD the same
 * recording in the same browser, by turns; then two hours from the disk, with the browser's memory.
 */
const rounds = 3;
const rateHz = 16_000;
const recordingS = 300;
const longS = 2 * 3600;
/** A round that takes longer has failed. */
const patienceMs = 60_000;

const speech = await humanSpeech();
const folder = await mkdtemp(join(tmpdir(), 'parley-lab-speed-'));
const recording = join(folder, 'recording.wav');
const long = join(folder, 'long.wav');
await writeFile(recording, wavOf(repeated(recordingS), { rateHz }));
// Piece by piece, since the whole would be half a gigabyte here.
const pieces = Math.ceil(longS / recordingS);
const piece = wavOf(repeated(recordingS), { rateHz }).subarray(44);
await writeFile(long, [
  wavOf(new Float32Array(), { rateHz, declaredBytes: pieces * piece.length }),
  ...Array<Uint8Array>(pieces).fill(piece),
]);
const server = await serveLab();
const rows: Record<string, object> = {};
try {
  for (const name of ['chromium', 'firefox'] as const) {
    const browser = await launched(name);
    await measure(name, browser).finally(() => browser.close());
  }
} finally {
  await server.stop();
  await rm(folder, { recursive: true });
}
await report('lab-speed', rows, { rounds, recordingS, longS });

async function measure(name: BrowserName, browser: Browser): Promise<void> {
  const lab = await browser.newPage();
  // One worker, whatever the machine has.
  await lab.addInitScript('Object.defineProperty(navigator, "hardwareConcurrency", { value: 1 })');
  await lab.goto(`${server.url}/lab`);
  const peer = await browser.newPage();
  // What is handed to the page below has been compiled, and then names its functions by this.
  await peer.addInitScript('globalThis.__name = (named) => named');
  await peer.goto(`${server.url}/peer/`);
  const ours: number[] = [];
  const theirs: number[] = [];
  // The first of each is not counted: it fetches the model.
  for (let round = 0; round <= rounds; round += 1) {
    const [one, other] = [recordingS / (await heardByLab(lab, recording)), await heardByPeer(peer)];
    if (round === 0) continue;
    ours.push(one);
    theirs.push(other);
  }
  rows[`${name}: the Lab`] = speed(ours);
  rows[`${name}: vad-web NonRealTimeVAD`] = speed(theirs);
  await peer.close();
  const before = memoryMb();
  let most = before;
  const watching = setInterval(() => (most = Math.max(most, memoryMb())), 500);
  const tookS = await heardByLab(lab, long).finally(() => clearInterval(watching));
  rows[`${name}: the Lab, two hours`] = {
    ...speed([longS / tookS]),
    'memory above idle, MB': Math.round(most - before),
  };
}

/** From the choice of the file to its row in the table, in s: with reading, the wave and the page. */
async function heardByLab(page: Page, path: string): Promise<number> {
  const beganMs = performance.now();
  await page.locator('input[type=file]').setInputFiles(path);
  await page.getByText('1 of 1 heard').waitFor({ timeout: patienceMs });
  const tookS = (performance.now() - beganMs) / 1000;
  await page.getByRole('button', { name: 'Remove all' }).click();
  return tookS;
}

/** Seconds of sound a second. Samples are at hand at 16 kHz, so there is nothing to read and hardly anything to resample. */
async function heardByPeer(page: Page): Promise<number> {
  const pcm = Buffer.from(Int16Array.from(repeated(recordingS), (x) => x * 32_767).buffer);
  return page.evaluate(
    async ([base64, hz]) => {
      const { vad } = window as unknown as VadWebWindow;
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const samples = Float32Array.from(new Int16Array(bytes.buffer), (x) => x / 32_768);
      const detector = await vad.NonRealTimeVAD.new({
        modelURL: '/peer/silero_vad_legacy.onnx',
        ortConfig: ({ env }) => Object.assign(env.wasm, { wasmPaths: '/peer/', numThreads: 1 }),
      });
      const beganMs = performance.now();
      let segments = 0;
      for await (const segment of detector.run(samples, hz)) segments += segment.end > 0 ? 1 : 0;
      if (segments === 0) throw new Error('Nothing was found.');
      return samples.length / hz / ((performance.now() - beganMs) / 1000);
    },
    [pcm.toString('base64'), rateHz] as const,
  );
}

interface VadWebWindow {
  readonly vad: {
    readonly NonRealTimeVAD: {
      new: (options: {
        modelURL: string;
        ortConfig: (ort: { env: { wasm: object } }) => void;
      }) => Promise<{
        run: (samples: Float32Array, hz: number) => AsyncIterable<{ end: number }>;
      }>;
    };
  };
}

function launched(name: BrowserName): Promise<Browser> {
  const { channel, launchOptions } = project(name).use ?? {};
  const type = name === 'chromium' ? chromium : firefox;
  return type.launch({ ...launchOptions, ...(channel && { channel }) });
}

/** Of all browsers that this program has started. */
function memoryMb(): number {
  return processTree(process.pid).reduce((sum, { pid }) => {
    try {
      return sum + proportionalMb(pid);
    } catch {
      // Ended meanwhile.
      return sum;
    }
  }, 0);
}

function repeated(seconds: number): Float32Array {
  return Float32Array.from({ length: seconds * rateHz }, (_, i) => speech[i % speech.length] ?? 0);
}

function speed(values: readonly number[]): object {
  const { median, min, max } = spreadOf(values);
  return {
    'seconds a second': Math.round(median),
    slowest: Math.round(min),
    fastest: Math.round(max),
  };
}
