import { DetectorPool } from './listening/detector.ts';
import { Recogniser } from './listening/recogniser.ts';
import type { ModelFiles } from './models/model-files.ts';
import { Voice } from './speaking/voice.ts';
import type { EngineStatus } from './wire/messages.ts';

/** The loaded models, shared by all who talk to this process. */
export interface Engine {
  readonly recogniser: Recogniser;
  readonly voice: Voice;
  readonly detectors: DetectorPool;
  /** How long loading took, in ms. */
  readonly loadMs: number;
  readonly models: EngineStatus['models'];
}

/** The files must have been checked: from some kinds of damage the native code ends the process. */
export async function loadEngine(files: ModelFiles): Promise<Engine> {
  const startedAt = performance.now();
  const [recogniser, voice] = await Promise.all([
    Recogniser.load(files.recogniser),
    Voice.load(files.voice),
  ]);
  const detectors = new DetectorPool(files.detector);
  // The first of anything is slow; better now than in somebody's first sentence.
  detectors.acquire().release();
  await Promise.all([
    recogniser.recognise(new Float32Array(16_000), 'soon'),
    voice.speak('Ready.', 1, new AbortController().signal),
  ]);
  return {
    recogniser,
    voice,
    detectors,
    loadMs: performance.now() - startedAt,
    models: {
      recogniser: 'moonshine-tiny-en',
      voice: 'piper-en_US-joe-medium',
      detector: 'silero-vad-v6',
    },
  };
}
