import { openModels, type ModelSource } from '../../../vad/kernel/open-models.ts';
import { fetchPart } from '../../vad/fetch-part.ts';
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
  return openModels(...(await Promise.all([fetchPart(kernel), fetchPart(weights)])));
}
