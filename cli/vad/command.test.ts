import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { readEnvironment } from '../../server/environment.ts';
import { createApp } from '../../server/http/app.ts';
import { readVadSettings } from '../../server/vad/settings.ts';
import { damagedRecordings } from '../../server/vad/testing/damaged-recordings.ts';
import { hummingAmr, packed, systemFfmpeg } from '../../server/vad/testing/packed-recordings.ts';
import { frameMs, frameSamples } from '../../vad/silero/frame.ts';
import { unpack } from '../../vad/silero/parameters.ts';
import { Silero } from '../../vad/silero/silero.ts';
import { kernelFiles } from '../../vad/packing/kernel-files.ts';
import { defaultSegmentSettings, segmentsOf } from '../../vad/segmenting/segments.ts';
import { malformedFiles } from '../../vad/testing/malformed.ts';
import { humanSpeech } from '../../vad/testing/recording.ts';
import { wavOf } from '../../vad/testing/wav.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const run = ['--import', import.meta.resolve('tsx'), main, 'vad'];
const segments = z.array(z.object({ start: z.number(), end: z.number() }));
const results = z.array(z.object({ file: z.string(), duration: z.number(), segments }));

let folder: string;
let speech: Float32Array;
let good: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-cli-'));
  speech = await humanSpeech();
  good = join(folder, 'good one.wav');
  await writeFile(good, wavOf(speech, { rateHz: 16_000 }));
  await writeFile(join(folder, 'stereo.wav'), wavOf(speech, { rateHz: 16_000, channels: 2 }));
  await writeFile(join(folder, 'letter.wav'), 'Dear friend, this is no recording.');
});
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly said: string;
}

async function parley(
  args: readonly string[],
  input?: Uint8Array,
  env = process.env,
): Promise<Ended> {
  const options = { encoding: 'utf8', env, maxBuffer: 64 * 1024 * 1024 } as const;
  const child = execFile(process.execPath, [...run, ...args], options);
  let out = '';
  let said = '';
  child.stdout?.on('data', (text: string) => (out += text));
  child.stderr?.on('data', (text: string) => (said += text));
  child.stdin?.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, said };
}

describe('parley vad', () => {
  it('finds what core and service find in the same file, to the frame', async () => {
    const { code, out } = await parley(['--json', good]);
    expect(code).toBe(0);
    const [found] = results.parse(JSON.parse(out));

    // The core by its plain pass, frame by frame, with none of what reads files.
    const { weights } = await kernelFiles();
    const silero = new Silero(unpack(weights.buffer));
    const samples = Float32Array.from(speech, (sample) => Math.round(sample * 32_767) / 32_768);
    const frames = Math.ceil(samples.length / frameSamples);
    const probabilities = Float32Array.from({ length: frames }, (_, i) => {
      const frame = new Float32Array(frameSamples);
      frame.set(samples.subarray(i * frameSamples, (i + 1) * frameSamples));
      return silero.probability(frame);
    });
    const byCore = segmentsOf(probabilities, defaultSegmentSettings, samples.length / 16);
    expect(byCore.length).toBeGreaterThan(3);
    const inSeconds = byCore.map(({ startMs, endMs }) => ({
      start: Math.round(startMs) / 1000,
      end: Math.round(endMs) / 1000,
    }));
    expect(found?.segments).toEqual(inSeconds);
    expect((byCore[0]?.startMs ?? 0) + defaultSegmentSettings.paddingMs).toSatisfy(
      (ms: number) => ms % frameMs === 0,
    );

    const app = await createApp({
      environment: readEnvironment({ PARLEY_LIVEKIT_PORT: '1' }),
      pageFolder: folder,
      vad: readVadSettings({ PARLEY_VAD_THREADS: '1' }),
    });
    onTestFinished(() => app.close());
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/v1/vad/detect`, {
      method: 'POST',
      headers: { authorization: 'Bearer any', 'content-type': 'application/octet-stream' },
      body: new Uint8Array(await readFile(good)),
    });
    const answer = z.object({ voice_segments: segments }).parse(await response.json());
    expect(answer.voice_segments).toEqual(inSeconds);
  });

  it('goes on after a file that is missing or broken, names it, and says so in the end', async () => {
    const missing = join(folder, 'missing.wav');
    const { code, out, said } = await parley(['--json', missing, join(folder, 'letter.wav'), good]);
    expect(code).toBe(1);
    expect(results.parse(JSON.parse(out)).map(({ file }) => file)).toEqual(['good one.wav']);
    expect(said).toContain(`${missing}: There is no such file.`);
    expect(said).toContain('letter.wav: This is text, not a recording.');
  });

  it('takes a folder, writes RTTM, and says how fast it was', async () => {
    const { code, out, said } = await parley(['--rttm', '--benchmark', folder]);
    expect(code).toBe(1);
    const lines = out.trim().split('\n');
    expect(new Set(lines.map((line) => line.split(' ')[1]))).toEqual(
      new Set(['good_one', 'stereo']),
    );
    expect(lines.every((line) => line.split(' ').length === 10)).toBe(true);
    expect(said).toMatch(/\d+ times as fast as it plays \(WebAssembly, one core\)/);
  });

  it('reads standard input: a file, and samples without a header', async () => {
    const file = wavOf(speech, { rateHz: 16_000 });
    const [whole, bare] = await Promise.all([
      parley(['--json', '-'], file),
      parley(['--json', '--rate', '16000', '-'], file.subarray(44)),
    ]);
    const found = results.parse(JSON.parse(whole.out));
    expect(found[0]?.segments.length).toBeGreaterThan(3);
    expect(results.parse(JSON.parse(bare.out))).toEqual(found);
  });

  it.each([
    [[], 'Name the recordings'],
    [['--sensitivity', '2', 'a.wav'], '--sensitivity takes a number from 0 to 1.'],
    [['--json', '--rttm', 'a.wav'], 'Choose one of'],
    [['--loud', 'a.wav'], '--loud'],
  ])('called as %j says what is wrong', async (args, words) => {
    const { code, out, said } = await parley(args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(said).toContain(words);
  });

  it('names each of hundreds of malformed files with the reason, and reads the good one among them', async () => {
    const bad = await mkdtemp(join(tmpdir(), 'parley-bad-'));
    onTestFinished(() => rm(bad, { recursive: true }));
    const damaged =
      systemFfmpeg === undefined
        ? []
        : await damagedRecordings(wavOf(speech.subarray(0, 48_000), { rateHz: 16_000 }), 4);
    const files = [...malformedFiles(), ...damaged];
    await Promise.all(files.map(({ bytes }, i) => writeFile(join(bad, `${i}.wav`), bytes)));
    await writeFile(join(bad, 'good.wav'), wavOf(speech, { rateHz: 16_000 }));
    const { code, out, said } = await parley(['--json', '--benchmark', bad]);
    expect(code).toBe(1);
    const read = new Set(results.parse(JSON.parse(out)).map(({ file }) => file));
    expect(read).toContain('good.wav');
    for (const [i] of files.entries()) {
      const named = `${join(bad, `${i}.wav`)}: `;
      const reasons = said.split('\n').filter((line) => line.startsWith(named));
      // What is damaged in part is heard; what is malformed never is.
      if (i < files.length - damaged.length) expect(read).not.toContain(`${i}.wav`);
      if (!read.has(`${i}.wav`)) {
        expect(reasons, files[i]?.what).toHaveLength(1);
        expect(reasons[0]?.slice(named.length), files[i]?.what).toMatch(/^[A-Z].*\.$/);
      }
    }
  }, 60_000);

  it('finds the same in compressed files, and asks for ffmpeg where it needs one that is not there', async () => {
    const alac = join(folder, 'talk.m4a');
    await writeFile(alac, hummingAmr(50));
    const lacking = await parley(['--json', alac], undefined, { ...process.env, PATH: '' });
    expect(lacking.code).toBe(1);
    expect(lacking.said).toContain('AMR needs ffmpeg');
    if (systemFfmpeg === undefined) return;
    await writeFile(alac, await packed(wavOf(speech, { rateHz: 16_000 }), 'alac.m4a'));
    const [file, piped, plain] = await Promise.all([
      parley(['--json', alac]),
      parley(['--json', '-'], await readFile(alac)),
      parley(['--json', good]),
    ]);
    const [wanted] = results.parse(JSON.parse(plain.out));
    for (const { code, out } of [file, piped]) {
      expect(code).toBe(0);
      expect(results.parse(JSON.parse(out))[0]?.segments).toEqual(wanted?.segments);
    }
    await rm(alac);
  });

  it('calls files of one name by their paths, and says that a folder is empty', async () => {
    const [one, other] = [join(folder, 'one'), join(folder, 'other')];
    await Promise.all([mkdir(one), mkdir(other)]);
    onTestFinished(async () => {
      for (const path of [one, other]) await rm(path, { recursive: true });
    });
    const empty = await parley([one]);
    expect([empty.code, empty.said]).toEqual([
      1,
      `${one}: There is no recording in this folder.\n`,
    ]);
    const paths = [join(one, 'talk.wav'), join(other, 'talk.wav')];
    for (const path of paths) await copyFile(good, path);
    const { out } = await parley(['--json', one, other]);
    expect(results.parse(JSON.parse(out)).map(({ file }) => file)).toEqual(paths);
  });

  it('ends without a word when nobody reads its results any more', async () => {
    const child = spawn(process.execPath, [...run, ...new Array<string>(300).fill(good)]);
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    expect(await once(child, 'close')).toEqual([141, null]);
    expect(said).toBe('');
  });

  it('watches: takes what is whole, under its latest name, and not what is gone, until it is stopped', async () => {
    const watched = await mkdtemp(join(tmpdir(), 'parley-watch-'));
    onTestFinished(() => rm(watched, { recursive: true }));
    const at = (name: string) => join(watched, name);
    const file = wavOf(speech, { rateHz: 16_000 });
    await writeFile(at('there.wav'), file);
    const child = spawn(process.execPath, [...run, '--watch', '--csv', watched]);
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    let out = '';
    child.stdout.on('data', (text: Buffer) => (out += text.toString()));
    for await (const text of child.stderr) if (String(text).includes('Watching')) break;
    expect(out).toContain('there.wav,');
    await writeFile(at('gone.wav'), file);
    await rm(at('gone.wav'));
    // A program that takes its time.
    const writing = await open(at('growing.wav'), 'w');
    for (let part = 0; part < 4; part += 1) {
      await writing.write(file.subarray((part * file.length) / 4, ((part + 1) * file.length) / 4));
      await pause(300);
    }
    await writing.close();
    await expect.poll(() => out, { timeout: 5000 }).toContain('growing.wav,');
    const ofGrowing = rowsOf(out, 'growing.wav');
    expect(ofGrowing).toEqual(
      rowsOf(out, 'there.wav').map((row) => row.replace('there', 'growing')),
    );
    await rename(at('growing.wav'), at('grown.wav'));
    await expect.poll(() => out, { timeout: 5000 }).toContain('grown.wav,');
    expect(out).not.toContain('gone.wav');
    child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(130);
  }, 30_000);
});

function rowsOf(csv: string, name: string): string[] {
  return csv.split('\n').filter((row) => row.startsWith(`${name},`));
}
