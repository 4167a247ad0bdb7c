import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, openAsBlob } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { Hearing } from '../src/lab/analysis/hearing.ts';
import { decodeWav } from '../src/lab/decoding/decode-wav.ts';
import { systemFfmpeg } from '../server/vad/testing/packed-recordings.ts';
import { openModels } from '../vad/kernel/open-models.ts';
import { kernelFiles } from '../vad/packing/kernel-files.ts';
import { defaultSegmentSettings, segmentsOf, type Segment } from '../vad/segmenting/segments.ts';
import { frameSamples } from '../vad/silero/frame.ts';
import { humanSpeech } from '../vad/testing/recording.ts';
import { wavOf } from '../vad/testing/wav.ts';
import { proportionalMb } from './processes.ts';
import { report } from './report.ts';
import { buildPrograms, key, startCli, startService } from './vad-service/programs.ts';
import { Watched } from './vad-service/watched.ts';

/**
 * A recording of two hours, as WAV and compressed, through service, command line and the page's own code: what memory each
 * takes in a process that does nothing else, how fast it is, and whether it finds what one pass over one buffer finds.
 */
const rateHz = 16_000;
const longS = 7200;

const folder = await mkdtemp(join(tmpdir(), 'parley-vad-long-'));
const speech = await humanSpeech();
const pcm = Buffer.from(wavOf(speech, { rateHz }).subarray(44));
const { wasm, weights } = await kernelFiles();
const models = await openModels(wasm, weights.buffer);

/** In pieces of a second; the speech comes again and again, each time at another place in its frame. */
function* longPcm(): Generator<Buffer> {
  const twice = Buffer.concat([pcm, pcm.subarray(0, 2 * rateHz)]);
  for (let at = 0; at < 2 * rateHz * longS; at += 2 * rateHz) {
    yield twice.subarray(at % pcm.length, (at % pcm.length) + 2 * rateHz);
  }
}

async function makeWav(path: string): Promise<void> {
  const head = wavOf(new Float32Array(), { rateHz, declaredBytes: 2 * rateHz * longS });
  function* file() {
    yield head.subarray(0, 44);
    yield* longPcm();
  }
  await pipeline(Readable.from(file()), createWriteStream(path));
}

async function ffmpeg(...args: readonly string[]): Promise<void> {
  await promisify(execFile)(systemFfmpeg ?? 'ffmpeg', ['-v', 'error', '-y', ...args]);
}

/** Two minutes of AAC, sixty times: a row of its frames is a file of it. */
async function makeAac(wav: string, path: string): Promise<void> {
  const part = `${path}.part`;
  await ffmpeg('-t', '120', '-i', wav, '-c:a', 'aac', '-f', 'adts', part);
  const bytes = await readFile(part);
  await writeFile(path, Buffer.concat(Array.from({ length: longS / 120 }, () => bytes)));
}

/** Segments in whole ms, as a text to compare. */
function asText(segments: readonly { readonly start: number; readonly end: number }[]): string {
  return segments.map(({ start, end }) => `${start.toFixed(3)}-${end.toFixed(3)}`).join(' ');
}

/** Whether they are those of one pass over one buffer; sound that was packed with loss is another. */
function compared(found: string, wanted: string, path: string): string {
  if (path.endsWith('.aac')) return 'packed with loss';
  return found === wanted ? 'same' : 'OTHER';
}

function inSeconds(segments: readonly Segment[]): string {
  return asText(
    segments.map(({ startMs, endMs }) => ({
      start: Math.round(startMs) / 1000,
      end: Math.round(endMs) / 1000,
    })),
  );
}

/** All samples in one array, one pass over it. */
function inOneBuffer(): string {
  const samples = new Float32Array(rateHz * longS);
  let at = 0;
  for (const piece of longPcm()) {
    for (let i = 0; i < piece.length; i += 2) samples[at++] = piece.readInt16LE(i) / 32_768;
  }
  const model = models.open();
  const probabilities = Float32Array.from({ length: samples.length / frameSamples }, (_, i) =>
    model.probability(samples.subarray(i * frameSamples, (i + 1) * frameSamples)),
  );
  model.close();
  return inSeconds(segmentsOf(probabilities, defaultSegmentSettings));
}

const wantedSegments = z.array(z.object({ start: z.number(), end: z.number() }));
const detectAnswer = z.object({
  voice_segments: wantedSegments,
  original_duration: z.number(),
  note: z.string().optional(),
});
const cliAnswer = z.array(z.object({ duration: z.number(), segments: wantedSegments }));

interface Row {
  readonly heardS: number;
  readonly asOneBuffer: string;
  readonly tookS: number;
  readonly timesAsFast: number;
  readonly timesAsFastPerCore: number;
  readonly idleMb?: number;
  readonly aboveIdleMb?: number;
  readonly mostMb?: number;
  readonly withFfmpegMb?: number;
}

const rounded = (value: number) => Math.round(value * 10) / 10;

async function throughService(path: string, wanted: string): Promise<Row> {
  const service = await startService();
  const idleMb = proportionalMb(service.pid);
  const watched = new Watched(service.pid);
  const startedMs = performance.now();
  const outgoing = request(`http://${service.address}/v1/vad/detect`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream' },
  });
  const [[response]] = await Promise.all([
    once(outgoing, 'response') as Promise<[IncomingMessage]>,
    pipeline(createReadStream(path), outgoing),
  ]);
  const answer = detectAnswer.parse(await json(response));
  const tookS = (performance.now() - startedMs) / 1000;
  const { mostMb, mostWithOthersMb, cpuS } = watched.stop();
  await service.stop();
  return {
    heardS: answer.original_duration,
    asOneBuffer: compared(asText(answer.voice_segments), wanted, path),
    tookS: rounded(tookS),
    timesAsFast: Math.round(longS / tookS),
    timesAsFastPerCore: Math.round(longS / cpuS),
    idleMb: Math.round(idleMb),
    aboveIdleMb: Math.round(mostMb - idleMb),
    withFfmpegMb: Math.round(mostWithOthersMb - idleMb),
  };
}

async function throughCli(path: string, wanted: string): Promise<Row> {
  const startedMs = performance.now();
  const child = startCli(['--json', path]);
  const watched = new Watched(child.pid ?? 0);
  if (!child.stdout) throw new Error('The command line has no output.');
  const [found] = cliAnswer.parse(await json(child.stdout));
  const tookS = (performance.now() - startedMs) / 1000;
  const { mostMb, mostWithOthersMb, cpuS } = watched.stop();
  return {
    heardS: found?.duration ?? 0,
    asOneBuffer: compared(asText(found?.segments ?? []), wanted, path),
    tookS: rounded(tookS),
    timesAsFast: Math.round(longS / tookS),
    timesAsFastPerCore: Math.round(longS / cpuS),
    mostMb,
    withFfmpegMb: mostWithOthersMb,
  };
}

/** What the Lab does with a file, without a browser around it. */
async function throughPageCode(path: string, wanted: string): Promise<Row> {
  const before = process.cpuUsage();
  const startedMs = performance.now();
  const model = models.open();
  const hearing = new Hearing(model);
  const { blocks, release } = await decodeWav(await openAsBlob(path));
  for await (const block of blocks) hearing.feed(block);
  release();
  const { probabilities } = hearing.finish();
  model.close();
  const segments = segmentsOf(probabilities, defaultSegmentSettings, hearing.heardS * 1000);
  const tookS = (performance.now() - startedMs) / 1000;
  const { user, system } = process.cpuUsage(before);
  return {
    heardS: hearing.heardS,
    asOneBuffer: compared(inSeconds(segments), wanted, path),
    tookS: rounded(tookS),
    timesAsFast: Math.round(longS / tookS),
    timesAsFastPerCore: Math.round((longS * 1e6) / (user + system)),
  };
}

try {
  await buildPrograms();
  const [wav, flac, aac] = ['wav', 'flac', 'aac'].map((end) => join(folder, `long.${end}`)) as [
    string,
    string,
    string,
  ];
  await makeWav(wav);
  await ffmpeg('-i', wav, '-c:a', 'flac', flac);
  await makeAac(wav, aac);
  const wanted = inOneBuffer();
  const rows: Record<string, Row> = {};
  for (const path of [wav, flac, aac]) {
    const format = path.split('.').at(-1)?.toUpperCase() ?? '';
    rows[`service, ${format}`] = await throughService(path, wanted);
    rows[`command line, ${format}`] = await throughCli(path, wanted);
  }
  rows["the page's code, WAV"] = await throughPageCode(wav, wanted);
  await report('vad-long', rows, { segments: wanted.split(' ').length });
} finally {
  await rm(folder, { recursive: true });
}
