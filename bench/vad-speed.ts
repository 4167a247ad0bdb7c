import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as ort from 'onnxruntime-web';
import { SileroKernel } from '../vad/kernel/kernel.ts';
import { RecordingAnalysis } from '../vad/finding/recording-analysis.ts';
import { kernelFiles } from '../vad/packing/kernel-files.ts';
import { defaultSegmentSettings } from '../vad/segmenting/segments.ts';
import { frameSamples } from '../vad/silero/frame.ts';
import { unpack } from '../vad/silero/parameters.ts';
import { Silero } from '../vad/silero/silero.ts';
import { humanSpeech } from '../vad/testing/recording.ts';
import { wavOf } from '../vad/testing/wav.ts';
import { report, spreadOf } from './report.ts';

/**
 * Seconds of sound that a second of processor time hears: ours in WebAssembly and in JavaScript, the model that vad-web's
 * NonRealTimeVAD runs, and the Python package silero-vad where `--python PROGRAM` has it. Rounds take turns, so that a busy
 * machine is busy for all, and the time is the processor's, not the clock's.
 */
const rounds = 5;
const rateHz = 16_000;
const speech = await humanSpeech();
const soundS = speech.length / rateHz;

interface Subject {
  readonly name: string;
  /** Hears the recording once; returns the processor time that it took, in ms. */
  readonly run: () => Promise<number>;
}

const { wasm, weights } = await kernelFiles();
const parameters = unpack(weights.buffer);
const kernel = await SileroKernel.load(wasm, parameters);

async function timed(hear: () => void | Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await hear();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** A stream of the kernel for one hearing. */
function kernelThrough(): void {
  const stream = kernel.open();
  framesThrough(stream);
  stream.close();
}

function framesThrough(model: { probability(frame: Float32Array): number }): void {
  for (let at = 0; at + frameSamples <= speech.length; at += frameSamples) {
    model.probability(speech.subarray(at, at + frameSamples));
  }
}

const wavFile = wavOf(speech, { rateHz: 16_000 });
const stereoFile = wavOf(
  Float32Array.from({ length: 3 * speech.length }, (_, i) => speech[Math.floor(i / 3)] ?? 0),
  { rateHz: 48_000, channels: 2 },
);

function fileThrough(file: Uint8Array): void {
  const stream = kernel.open();
  const analysis = new RecordingAnalysis(stream, { kind: 'wav' }, defaultSegmentSettings);
  for (let at = 0; at < file.length; at += 65_536) analysis.feed(file.subarray(at, at + 65_536));
  analysis.finish();
  stream.close();
}

/** The models of vad-web as it runs them: frame by frame, a session with one thread, the state handed back in. */
async function vadWebSubject(kind: 'legacy' | 'v6'): Promise<Subject> {
  ort.env.wasm.numThreads = 1;
  const file = kind === 'legacy' ? 'silero_vad_legacy.onnx' : 'silero_vad_v6.onnx';
  const resolve = createRequire(import.meta.url).resolve;
  const session = await ort.InferenceSession.create(
    await readFile(resolve(`@ricky0123/vad-web/dist/${file}`)),
  );
  const sr = new ort.Tensor('int64', BigInt64Array.from([16_000n]), []);
  const hear = async (): Promise<void> => {
    if (kind === 'legacy') {
      let h = new ort.Tensor('float32', new Float32Array(128), [2, 1, 64]);
      let c = new ort.Tensor('float32', new Float32Array(128), [2, 1, 64]);
      for (let at = 0; at + 1536 <= speech.length; at += 1536) {
        const input = new ort.Tensor('float32', speech.slice(at, at + 1536), [1, 1536]);
        const out = await session.run({ input, h, c, sr });
        h = out['hn'] as typeof h;
        c = out['cn'] as typeof c;
      }
      return;
    }
    let state = new ort.Tensor('float32', new Float32Array(256), [2, 1, 128]);
    const framed = new Float32Array(64 + frameSamples);
    for (let at = 0; at + frameSamples <= speech.length; at += frameSamples) {
      framed.copyWithin(0, frameSamples);
      framed.set(speech.subarray(at, at + frameSamples), 64);
      const input = new ort.Tensor('float32', framed.slice(), [1, framed.length]);
      const out = await session.run({ input, state, sr });
      state = out['stateN'] as typeof state;
    }
  };
  return {
    name:
      kind === 'legacy'
        ? "vad-web NonRealTimeVAD's model (legacy, 96 ms frames), onnxruntime-web"
        : 'vad-web v6 model, onnxruntime-web',
    run: () => timed(hear),
  };
}

/** Silero's own package: its model on one thread, frame by frame, as its get_speech_timestamps runs it. */
async function pythonSubject(folder: string): Promise<Subject | undefined> {
  const at = process.argv.indexOf('--python');
  const python = at === -1 ? undefined : process.argv[at + 1];
  if (python === undefined) return undefined;
  const raw = join(folder, 'speech.f32');
  const script = join(folder, 'speed.py');
  await writeFile(raw, Buffer.from(speech.buffer));
  await writeFile(
    script,
    [
      'import sys, time, numpy, torch',
      'from silero_vad import load_silero_vad, get_speech_timestamps',
      'torch.set_num_threads(1)',
      'model = load_silero_vad(onnx=False)',
      'sound = torch.from_numpy(numpy.fromfile(sys.argv[1], dtype=numpy.float32))',
      'get_speech_timestamps(sound[:160000], model)',
      'started = time.process_time()',
      'get_speech_timestamps(sound, model)',
      'print(1000 * (time.process_time() - started))',
    ].join('\n'),
  );
  return {
    name: 'Python silero-vad, get_speech_timestamps, torch on one thread',
    run: async () => Number((await promisify(execFile)(python, [script, raw])).stdout),
  };
}

const folder = await mkdtemp(join(tmpdir(), 'parley-vad-speed-'));
const python = await pythonSubject(folder);
const subjects: Subject[] = [
  { name: 'ours, WebAssembly, frames only', run: () => timed(kernelThrough) },
  {
    name: 'ours, WebAssembly, WAV of 16 kHz to segments',
    run: () => timed(() => fileThrough(wavFile)),
  },
  {
    name: 'ours, WebAssembly, WAV of 48 kHz stereo to segments',
    run: () => timed(() => fileThrough(stereoFile)),
  },
  {
    name: 'ours, JavaScript, frames only',
    run: () => timed(() => framesThrough(new Silero(parameters))),
  },
  await vadWebSubject('legacy'),
  await vadWebSubject('v6'),
  ...(python ? [python] : []),
];

const tookMs = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
for (const { run } of subjects) await run();
for (let round = 0; round < rounds; round += 1) {
  for (const { name, run } of subjects) tookMs.get(name)?.push(await run());
}
await rm(folder, { recursive: true });

const rows = Object.fromEntries(
  subjects.map(({ name }) => {
    const { median, min, max } = spreadOf(tookMs.get(name) ?? []);
    const speed = (ms: number) => Math.round((1000 * soundS) / ms);
    return [name, { median: speed(median), slowest: speed(max), fastest: speed(min) }];
  }),
);
await report('vad-speed', rows, { soundS, rounds });
