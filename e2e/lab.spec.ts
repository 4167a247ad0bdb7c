import { readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { packedWeights } from '../vad/packing/vite-plugin.ts';
import { frameRateHz, frameSamples } from '../vad/silero/frame.ts';
import { unpack } from '../vad/silero/parameters.ts';
import { Silero } from '../vad/silero/silero.ts';
import { defaultSegmentSettings, segmentsOf } from '../vad/segmenting/segments.ts';
import { humanSpeech } from '../vad/testing/recording.ts';
import { encodeWav } from './fixtures/wav.ts';
import { stack } from './stack/stack.ts';
import { expect, oneBrowser, test } from './test.ts';

interface DroppedFile {
  readonly name: string;
  readonly content: Buffer;
}

/** Four sentences of a person who reads, with a second of faint noise before each. */
async function readingAloud(): Promise<Int16Array> {
  const speech = await humanSpeech();
  return Int16Array.from(speech, (sample) => Math.round(sample * 32_767));
}

async function readingFile(): Promise<DroppedFile> {
  return { name: 'reading.wav', content: encodeWav(await readingAloud(), frameRateHz) };
}

const sentence: DroppedFile = {
  name: 'sentence.flac',
  content: readFileSync(new URL('fixtures/human/best-of-times.flac', import.meta.url)),
};
const noSound: DroppedFile = { name: 'shopping.mp3', content: Buffer.from('milk, bread, tea') };

/** What the detector's core says of the same samples, outside of any page. */
async function segmentsByTheCore(samples: Int16Array) {
  const silero = new Silero(unpack((await packedWeights()).buffer));
  const frames = Math.ceil(samples.length / frameSamples);
  const probabilities = Float32Array.from({ length: frames }, (_, index) => {
    const frame = new Float32Array(frameSamples);
    const piece = samples.subarray(index * frameSamples, (index + 1) * frameSamples);
    piece.forEach((sample, i) => (frame[i] = sample / 32_768));
    return silero.probability(frame);
  });
  const durationMs = (samples.length / frameRateHz) * 1000;
  return segmentsOf(probabilities, defaultSegmentSettings, durationMs);
}

async function drop(page: Page, files: readonly DroppedFile[]): Promise<void> {
  await page.evaluate(
    (dropped) => {
      const dataTransfer = new DataTransfer();
      for (const { name, base64 } of dropped) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        dataTransfer.items.add(new File([bytes], name));
      }
      document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }),
      );
    },
    files.map(({ name, content }) => ({ name, base64: content.toString('base64') })),
  );
}

interface LabWindow extends Window {
  /** How often a worker was given a recording to hear. */
  recordingsHeard?: number;
  /** Files that have an address, by that, and the addresses that were saved. */
  labFiles?: Map<string, Blob>;
  labSaved?: string[];
}

/** The Lab as a person finds it, with an eye on its workers and on what it saves. */
class LabPage {
  readonly segmentCount: Locator;

  constructor(readonly page: Page) {
    this.segmentCount = page.getByRole('heading', { name: /^\d+ segments?$/ });
  }

  async open(): Promise<void> {
    await this.page.addInitScript(() => {
      const counter: LabWindow = window;
      counter.recordingsHeard = 0;
      window.Worker = class extends Worker {
        override postMessage(message: { kind?: unknown }): void {
          if (message.kind === 'analyse')
            counter.recordingsHeard = (counter.recordingsHeard ?? 0) + 1;
          super.postMessage(message);
        }
      };
      const files = (counter.labFiles = new Map<string, Blob>());
      const saved: string[] = (counter.labSaved = []);
      const createUrl = URL.createObjectURL.bind(URL);
      URL.createObjectURL = (file: Blob) => {
        const url = createUrl(file);
        files.set(url, file);
        return url;
      };
      HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
        saved.push(this.href);
      };
    });
    await this.page.goto('/lab');
    await expect(this.page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  }

  /** Hands files of the disk to the picker. */
  async pick(paths: readonly string[]): Promise<void> {
    await this.page.locator('input[type=file]').setInputFiles(paths);
  }

  /** How much of the batch was heard, 0 to 1. */
  async share(): Promise<number> {
    const bar = this.page.getByRole('progressbar', { name: 'Recordings heard', exact: true });
    return Number(await bar.getAttribute('value'));
  }

  async recordingsHeard(): Promise<number> {
    return this.page.evaluate(() => (window as LabWindow).recordingsHeard ?? 0);
  }

  row(name: string): Locator {
    return this.page
      .getByRole('table', { name: 'Recordings' })
      .getByRole('row')
      .filter({ hasText: name });
  }

  /** What the benchmark says of a detector, column by column. */
  result(detector: string): Locator {
    return this.page
      .getByRole('region', { name: 'Scores' })
      .getByRole('row')
      .filter({ has: this.page.getByRole('rowheader', { name: detector }) })
      .getByRole('cell');
  }

  async untilHeard(summary: string | RegExp): Promise<void> {
    await expect(this.page.getByText(summary)).toBeVisible({ timeout: 30_000 });
  }

  async slide(name: string, key: string): Promise<void> {
    await this.page.getByRole('slider', { name, exact: true }).press(key);
  }

  async save(format: string): Promise<Buffer> {
    await this.page.getByRole('button', { name: 'Save', exact: true }).click();
    await this.page.getByRole('menuitem', { name: format, exact: true }).click();
    return this.saved();
  }

  /** What the page has handed to the browser's downloads; a Firefox that is driven from outside does not tell of these. */
  async saved(): Promise<Buffer> {
    const count = (): Promise<number> =>
      this.page.evaluate(() => (window as LabWindow).labSaved?.length ?? 0);
    await expect.poll(count, { message: 'files that were saved' }).toBe(1);
    const base64 = await this.page.evaluate(async () => {
      const { labSaved, labFiles } = window as LabWindow;
      const file = labFiles?.get(labSaved?.shift() ?? '');
      const bytes = new Uint8Array((await file?.arrayBuffer()) ?? []);
      return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ''));
    });
    return Buffer.from(base64, 'base64');
  }
}

test('recordings are heard one beside the other, and a bad one is named and holds up none', async ({
  page,
}) => {
  const hosts = new Set<string>();
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    // The wave is played from a file that the page holds, by an address of its own kind.
    if (protocol !== 'blob:') hosts.add(host);
  });
  page.on('websocket', (socket) => hosts.add(new URL(socket.url()).host));
  const lab = new LabPage(page);
  await lab.open();
  await drop(page, [noSound, await readingFile(), sentence]);
  await lab.untilHeard('2 of 3 heard, 1 could not be read');
  await expect(lab.row('shopping.mp3')).toContainText('This is no sound file');
  await expect(lab.row('reading.wav')).toContainText('0:18');
  await expect(lab.row('sentence.flac')).toContainText('0:03');
  await lab.row('reading.wav').getByRole('button').click();
  await expect(
    page.getByRole('img', { name: /^reading.wav: \d+ stretches of speech/ }),
  ).toBeVisible();
  await expect(lab.segmentCount).toBeVisible();
  // The worker's policy lets it compute as fast as it can, and the page's allows nothing of the kind.
  await expect(
    page.getByText(/integer-16, 16 kHz, mono; heard at [\d,]+ times its own speed$/),
  ).toBeVisible();
  expect([...hosts]).toEqual([new URL(stack.pageUrl).host]);
});

test(
  'a slider changes what counts as speech without a second hearing',
  oneBrowser,
  async ({ page }) => {
    const lab = new LabPage(page);
    await lab.open();
    await drop(page, [await readingFile()]);
    await lab.untilHeard('1 of 1 heard');
    const before = await lab.segmentCount.innerText();
    await lab.slide('Shortest silence', 'End');
    await expect(lab.segmentCount).toHaveText('1 segment');
    await lab.slide('Shortest silence', 'Home');
    await expect(lab.segmentCount).not.toHaveText('1 segment');
    await page.getByRole('button', { name: 'Back to the defaults' }).click();
    await expect(lab.segmentCount).toHaveText(before);
    await lab.slide('Sensitivity', 'Home');
    await expect(page.getByText('reaches 0.99')).toBeVisible();
    expect(await lab.recordingsHeard()).toBe(1);
  },
);

test(
  'two hours are heard piece by piece; one can pause, go on and cancel',
  oneBrowser,
  async ({ page }, testInfo) => {
    const lab = new LabPage(page);
    await lab.open();
    const samples = await readingAloud();
    const times = Math.ceil((2 * 3600 * frameRateHz) / samples.length);
    const header = encodeWav(new Int16Array(), frameRateHz);
    header.writeUInt32LE(times * samples.byteLength, 40);
    const long = testInfo.outputPath('long.wav');
    const piece = Buffer.from(samples.buffer);
    await writeFile(long, [header, ...Array<Buffer>(times).fill(piece)]);
    await lab.pick([long]);
    await expect.poll(() => lab.share()).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await expect(page.getByText('0 of 1 heard, paused')).toBeVisible();
    const paused = await lab.share();
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect.poll(() => lab.share()).toBeGreaterThan(paused);
    await expect(page.getByText(/0 of 1 heard, about \d+:\d\d left/)).toBeVisible();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(lab.row('long.wav')).toContainText('cancelled');
    await rm(long);
  },
);

test(
  'three hundred recordings at once leave the page at hand, and each tells what came of it',
  oneBrowser,
  async ({ page }, testInfo) => {
    const { content } = await readingFile();
    const names = Array.from({ length: 300 }, (_, n) => `part ${String(n).padStart(3, '0')}.wav`);
    const paths = names.map((name) => testInfo.outputPath('many', name));
    await mkdir(testInfo.outputPath('many'), { recursive: true });
    // Three seconds, each of another place.
    const part = (n: number): Buffer =>
      content.subarray(44 + 2 * 800 * n, 44 + 2 * (800 * n + 48_000));
    const asWav = (pcm: Buffer): Buffer => {
      const header = encodeWav(new Int16Array(), frameRateHz);
      header.writeUInt32LE(pcm.length, 40);
      return Buffer.concat([header, pcm]);
    };
    for (const [n, path] of paths.entries()) await writeFile(path, asWav(part(n)));
    await writeFile(paths[7] ?? '', 'milk, bread, tea');
    const lab = new LabPage(page);
    await lab.open();
    await lab.pick(paths);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await expect(page.getByText(/ of 300 heard, paused/)).toBeVisible();
    // Choosing a row while the rest waits.
    await lab.row('part 000.wav').getByRole('button').click();
    await page.getByRole('button', { name: 'Go on' }).click();
    await lab.untilHeard('299 of 300 heard, 1 could not be read');
    await expect(lab.row('part 007.wav')).toContainText('This is no sound file');
    // Only the rows in sight are in the page.
    const rows = page.getByRole('table', { name: 'Recordings' }).getByRole('row');
    expect(await rows.count()).toBeLessThan(40);
    await rm(testInfo.outputPath('many'), { recursive: true });
  },
);

test('what is saved is what the detector found, in every format', async ({ page }) => {
  const samples = await readingAloud();
  const expected = (await segmentsByTheCore(samples)).map(({ startMs, endMs }) => ({
    start: startMs / 1000,
    end: endMs / 1000,
  }));
  expect(expected.length).toBeGreaterThanOrEqual(4);
  const lab = new LabPage(page);
  await lab.open();
  await drop(page, [await readingFile()]);
  await lab.untilHeard('1 of 1 heard');

  const [found] = JSON.parse((await lab.save('JSON')).toString()) as [
    { file: string; segments: { start: number; end: number }[] },
  ];
  expect(found).toMatchObject({ file: 'reading.wav', segments: expected });

  const lines = async (format: string): Promise<string[]> =>
    (await lab.save(format)).toString().trim().split(/\r?\n/);
  const [first] = expected;
  const [start, end] = [first?.start ?? 0, first?.end ?? 0].map((s) => s.toFixed(3));
  expect(await lines('CSV')).toHaveLength(1 + expected.length);
  expect((await lines('Subtitles (SRT)'))[1]).toContain(`${start?.replace('.', ',')} -->`);
  expect((await lines('Audacity labels'))[0]).toBe(`${start}000\t${end}000\tspeech`);
  expect(await lines('RTTM')).toHaveLength(expected.length);

  const speechSamples = expected.reduce(
    (sum, { start: from, end: to }) =>
      sum + Math.round(to * frameRateHz) - Math.round(from * frameRateHz),
    0,
  );
  const wav = await lab.save('Speech only (WAV)');
  expect(wav.length).toBe(44 + 2 * speechSamples);
  const firstKept = samples[Math.round((first?.start ?? 0) * frameRateHz)] ?? 0;
  expect(Math.abs(wav.readInt16LE(44) - firstKept)).toBeLessThanOrEqual(1);
});

test('the microphone is recorded into the Lab', async ({ page, parley, speech }) => {
  const lab = new LabPage(page);
  await lab.open();
  await parley.button('Record').click();
  await expect(page.getByRole('button', { name: /^Stop recording/ })).toBeVisible();
  await parley.microphone.say(await speech.clip('What is seventeen times twenty-three?'));
  await page.getByRole('button', { name: /^Stop recording/ }).click();
  await lab.untilHeard('1 of 1 heard');
  await expect(lab.segmentCount).toBeVisible();
});

test('prices can be changed, and the sums are right', oneBrowser, async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open();
  const model = page.getByRole('row').filter({ hasText: 'GPT-4.1' });
  const saved = model.getByRole('cell').first();
  // 30 days of 60 minutes at 25 tokens a second are 2,700,000 tokens; 40 % of them are 1,080,000.
  await expect(saved).toHaveText('$8.64');
  const price = page.getByRole('textbox', { name: 'GPT-4.1, $ per million tokens' });
  await price.fill('10');
  await expect(saved).toHaveText('$10.80');
  await price.fill('ten');
  await expect(price).toHaveAttribute('aria-invalid', 'true');
  await expect(saved).toHaveText('$10.80');
  await page.reload();
  await expect(price).toHaveValue('10');
});

test(
  'labels that come with a recording tell how good the detector is',
  oneBrowser,
  async ({ page }) => {
    const lab = new LabPage(page);
    await lab.open();
    const sentences = [
      [1, 3.3],
      [5.3, 3.2],
      [9.5, 3.45],
      [13.95, 4.1],
    ] as const;
    const rttm = sentences.map(
      ([start, length]) => `SPEAKER reading 1 ${start} ${length} <NA> <NA> reader <NA> <NA>\n`,
    );
    await drop(page, [
      { name: 'labels.rttm', content: Buffer.from(rttm.join('')) },
      { name: 'notes.txt', content: Buffer.from('nothing marked') },
      await readingFile(),
    ]);
    await lab.untilHeard('1 recording with labels.');
    await expect(page.getByText('notes.txt cannot be read as labels. Line 1')).toBeVisible();
    await expect(page.getByRole('checkbox', { name: 'Yours' })).toBeChecked();
    const ours = lab.result('Parley');
    await expect(ours.nth(6)).toHaveText('0 / 4');
    const [precision = 0, recall = 0] = (await ours.allTextContents()).map(parseFloat);
    expect(precision).toBeGreaterThan(0.9);
    expect(recall).toBeGreaterThan(0.9);
    await page.getByRole('button', { name: 'Save ROC (SVG)' }).click();
    const svg = (await lab.saved()).toString();
    expect(svg).toMatch(/^<svg [^]*<path [^]*<\/svg>$/);
    expect(svg).not.toContain('var(');
  },
);

test(
  'detectors hear the same labelled recordings, and the large ones come only when they are asked for',
  oneBrowser,
  async ({ page }) => {
    const fetched: URL[] = [];
    page.on('request', (request) => fetched.push(new URL(request.url())));
    const modelsFetched = (): string[] =>
      fetched.map(({ pathname }) => pathname).filter((path) => /onnx|ort-wasm/.test(path));
    const lab = new LabPage(page);
    await lab.open();
    expect(fetched.filter(({ pathname }) => pathname.endsWith('.wav'))).toEqual([]);
    await page.getByRole('checkbox', { name: 'Clean' }).check();
    await expect(lab.result('Loudness').nth(6)).toHaveText(/^\d+ \/ 15$/);
    expect(modelsFetched()).toEqual([]);

    await page.getByRole('checkbox', { name: 'Music' }).check();
    await page.getByRole('checkbox', { name: 'Silero v5' }).check();
    await page.getByRole('checkbox', { name: 'Silero legacy' }).check();
    for (const name of ['Parley', 'Silero v5', 'Silero legacy', 'WebRTC', 'Loudness']) {
      const texts = lab.result(name);
      await expect(texts).toHaveCount(8, { timeout: 25_000 });
      const [, , f1 = '', area = ''] = await texts.allTextContents();
      // The score, and below it where it lies in 95 of 100 draws.
      const [score = NaN, low = NaN, high = NaN] = [...area.matchAll(/\d\.\d{3}/g)].map(Number);
      expect(low, name).toBeLessThanOrEqual(score);
      expect(high, name).toBeGreaterThanOrEqual(score);
      expect(parseFloat(f1), name).toBeGreaterThan(0.5);
    }
    expect(modelsFetched()).toHaveLength(3);
    const hosts = fetched.filter(({ protocol }) => protocol !== 'blob:').map(({ host }) => host);
    expect([...new Set(hosts)]).toEqual([new URL(stack.pageUrl).host]);
    const areaOf = async (name: string): Promise<number> =>
      parseFloat((await lab.result(name).nth(3).textContent()) ?? '');
    expect(await areaOf('Parley')).toBeGreaterThan(await areaOf('WebRTC'));

    const precision = lab.result('Parley').first();
    const strict = (await precision.textContent()) ?? '';
    await page.getByRole('checkbox', { name: 'Leave out 50 ms' }).check();
    await expect(precision).not.toHaveText(strict);
    expect(parseFloat((await precision.textContent()) ?? '')).toBeGreaterThan(parseFloat(strict));

    await page.getByRole('combobox', { name: 'Results for' }).selectOption('Music');
    await expect(lab.result('Parley').nth(6)).toHaveText(/ \/ 11$/);
    await page.getByRole('button', { name: 'Save areas (SVG)' }).click();
    expect((await lab.saved()).toString()).toMatch(/^<svg [^]*Music[^]*<\/svg>$/);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  },
);

for (const theme of ['light', 'dark'] as const) {
  test(`the Lab has no barrier and nothing stands out, ${theme}`, oneBrowser, async ({ page }) => {
    const lab = new LabPage(page);
    await page.addInitScript((name) => localStorage.setItem('parley.theme', name), theme);
    await lab.open();
    const expectNoBarrier = async (where: string): Promise<void> => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' ')}`,
      );
      expect.soft(found, where).toEqual([]);
    };
    await expectNoBarrier('empty');
    await page.getByRole('button', { name: 'Try a sample' }).click();
    await lab.untilHeard('1 of 1 heard');
    await drop(page, [noSound]);
    await lab.untilHeard('1 of 2 heard, 1 could not be read');
    await expectNoBarrier('with recordings');
    for (const [width, height] of [
      [360, 740],
      [768, 1024],
      [1440, 900],
    ] as const) {
      await page.setViewportSize({ width, height });
      const overhang = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect.soft(overhang, `px that stand out at ${width}`).toBeLessThanOrEqual(0);
    }
  });
}
