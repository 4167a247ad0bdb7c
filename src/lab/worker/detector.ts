import { openModels, type ModelSource } from '../../../vad/kernel/open-models.ts';
import { RecordingError } from '../decoding/problem.ts';

/** Where the detector's parts can be fetched, as whole addresses. */
export interface DetectorUrls {
  readonly kernel: string;
  readonly weights: string;
}

let models: Promise<ModelSource> | undefined;

/** The detector, fetched with the first recording. Rejects with a `RecordingError`, and may be asked again then. */
export async function detector(urls: DetectorUrls): Promise<ModelSource> {
  models ??= fetchDetector(urls);
  try {
    return await models;
  } catch (error) {
    models = undefined;
    const detail = error instanceof Error ? error.message : String(error);
    throw new RecordingError({ kind: 'detector', detail });
  }
}

async function fetchDetector({ kernel, weights }: DetectorUrls): Promise<ModelSource> {
  return openModels(...(await Promise.all([fetched(kernel), fetched(weights)])));
}

async function fetched(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url);
  // A server that answers every address with its start page would hand that over instead.
  if (!response.ok) throw new Error(`A part of the detector answers with ${response.status}.`);
  return response.arrayBuffer();
}
