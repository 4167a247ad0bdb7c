import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resultOf, type DetectorResult } from '../src/lab/benchmark/benchmark.ts';
import type { HeardRecording } from '../src/lab/benchmark/comparison.ts';
import type { Interval } from '../src/lab/benchmark/confidence.ts';
import { loudness, type FrameRating } from '../src/lab/benchmark/detectors/frame-rating.ts';
import { detectorNames, type DetectorName } from '../src/lab/benchmark/detectors/names.ts';
import { vadWeb } from '../src/lab/benchmark/detectors/vad-web.ts';
import { webrtc } from '../src/lab/benchmark/detectors/webrtc.ts';
import { Rated } from '../src/lab/benchmark/hearing/rated.ts';
import { SileroKernel } from '../vad/kernel/kernel.ts';
import { kernelFiles } from '../vad/packing/kernel-files.ts';
import { defaultSegmentSettings } from '../vad/segmenting/segments.ts';
import { frameRateHz, frameSamples } from '../vad/silero/frame.ts';
import { unpack } from '../vad/silero/parameters.ts';
import { conditions, labelledSounds, type LabelledSound } from './conditions/recipe.ts';
import { report } from './report.ts';

/**
 * How well speech is told in the Lab's labelled recordings, by condition, by all detectors of the Lab: the same sets, the
 * same detectors and the same scores as in the page, at the default settings. A collar of 50 ms beside none.
 */
const collarsMs = [0, 50];

const { resolve } = createRequire(import.meta.url);
const { wasm, weights } = await kernelFiles();
const kernel = await SileroKernel.load(wasm, unpack(weights.buffer));

const open: Readonly<Record<DetectorName, () => Promise<FrameRating>>> = {
  silero: () => {
    const stream = kernel.open();
    return Promise.resolve({
      rate: (frame) => [stream.probability(frame)],
      finish: () => [],
      release: () => stream.close(),
    });
  },
  legacy: () => openVadWeb('legacy'),
  v5: () => openVadWeb('v5'),
  webrtc: async () => webrtc(await bytesOf('@echogarden/fvad-wasm/fvad.wasm')),
  energy: () => Promise.resolve(loudness()),
};

const heard: HeardRecording[] = [];
for (const recording of await labelledSounds()) heard.push(await hear(recording));

const rows = Object.fromEntries(
  [...conditions, 'all' as const].flatMap((condition) =>
    detectorNames.map((detector) => {
      const some = heard.filter(
        ({ recording }) => condition === 'all' || recording.condition === condition,
      );
      const [strict, lenient] = collarsMs.map((collarMs) =>
        resultOf(detector, some, defaultSegmentSettings, collarMs),
      );
      if (!strict || !lenient) throw new Error(`${detector} has heard nothing.`);
      return [`${condition}, ${detector}`, rowOf(strict, lenient)] as const;
    }),
  ),
);
await report('quality-by-condition', rows, {
  collarsMs,
  settings: defaultSegmentSettings,
  recordings: heard.map(({ recording, durationMs }) => ({ name: recording.name, durationMs })),
});

async function openVadWeb(kind: 'legacy' | 'v5'): Promise<FrameRating> {
  return vadWeb(
    kind,
    () => bytesOf(`@ricky0123/vad-web/dist/silero_vad_${kind}.onnx`),
    () => bytesOf('onnxruntime-web/ort-wasm-simd-threaded.wasm'),
  );
}

async function bytesOf(module: string): Promise<ArrayBuffer> {
  return new Uint8Array(await readFile(resolve(module))).buffer;
}

async function hear({ condition, name, sound, speech }: LabelledSound): Promise<HeardRecording> {
  const frames = Array.from({ length: Math.ceil(sound.length / frameSamples) }, (_, index) => {
    const frame = new Float32Array(frameSamples);
    frame.set(sound.subarray(index * frameSamples, (index + 1) * frameSamples));
    return frame;
  });
  const byDetector: Partial<HeardRecording['byDetector']> = {};
  for (const detector of detectorNames) {
    const rated = await Rated.open(detector, open[detector]);
    await rated.feed(frames);
    Object.assign(byDetector, { [detector]: await rated.finish() });
  }
  return {
    recording: { key: name, isOwn: false, condition, name, speech, file: notKept },
    durationMs: (1000 * sound.length) / frameRateHz,
    byDetector,
  };
}

async function notKept(): Promise<Blob> {
  return Promise.reject(new Error('The benchmark keeps no files.'));
}

function rowOf(strict: DetectorResult, lenient: DetectorResult): Record<string, string | number> {
  const shown = (value: number, interval: Interval | undefined): string =>
    `${value.toFixed(3)} (${interval?.low.toFixed(3) ?? ''}–${interval?.high.toFixed(3) ?? ''})`;
  const area = ({ roc, intervals }: DetectorResult): string =>
    shown(roc?.auc ?? NaN, intervals?.auc);
  return {
    precision: shown(strict.precision, strict.intervals?.precision),
    recall: shown(strict.recall, strict.intervals?.recall),
    F1: shown(strict.f1, strict.intervals?.f1),
    AUC: area(strict),
    'F1, collar': shown(lenient.f1, lenient.intervals?.f1),
    'AUC, collar': area(lenient),
    'onset p50, ms': Math.round(strict.onsetMs.p50),
    'offset p50, ms': Math.round(strict.offsetMs.p50),
    missed: `${strict.missed} / ${strict.stretches}`,
    'ms per s, p50': Number(strict.msPerSecond.p50.toFixed(2)),
  };
}
