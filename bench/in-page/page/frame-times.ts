import weightsUrl from 'virtual:silero-weights';
import { Silero as OnnxModel } from '@ricky0123/vad-web/dist/models/silero.js';
import * as ort from 'onnxruntime-web/wasm';
import { loadWeights } from '../../../src/vad/load-weights.ts';
import { frameSamples } from '../../../vad/silero/frame.ts';
import { Silero } from '../../../vad/silero/silero.ts';
import { samplesOf } from './fed-microphone.ts';

/** Ms for each frame, on the page's own thread. */
export interface FrameTimes {
  readonly parley: readonly number[];
  readonly 'vad-web': readonly number[];
}

/** The first frames are worked out by code that the browser has not yet made fast. */
const warmingUp = 100;

/** Has both detectors hear the same samples (any rate: only the time counts), frame by frame by turns. */
export async function timeFrames(pcm: string): Promise<FrameTimes> {
  const samples = samplesOf(pcm);
  const silero = new Silero(await loadWeights(new URL(weightsUrl, location.href).href));
  ort.env.wasm.wasmPaths = '/vad-web/';
  ort.env.wasm.numThreads = 1;
  const onnx = await OnnxModel.new(ort, async () =>
    (await fetch('/vad-web/silero_vad_v6.onnx')).arrayBuffer(),
  );
  const times = { parley: [] as number[], 'vad-web': [] as number[] };
  for (let at = 0; at + frameSamples <= samples.length; at += frameSamples) {
    const frame = samples.slice(at, at + frameSamples);
    const beganMs = performance.now();
    silero.probability(frame);
    const betweenMs = performance.now();
    await onnx.process(frame);
    if (at < warmingUp * frameSamples) continue;
    times.parley.push(betweenMs - beganMs);
    times['vad-web'].push(performance.now() - betweenMs);
  }
  return times;
}
