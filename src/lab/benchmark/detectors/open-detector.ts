import { fetchPart } from '../../../vad/fetch-part.ts';
import { detector, type DetectorUrls } from '../../worker/detector.ts';
import { loudness, type FrameRating } from './frame-rating.ts';
import type { DetectorName } from './names.ts';
import { vadWeb } from './vad-web.ts';
import { webrtc } from './webrtc.ts';

/** Where the parts of all detectors can be fetched, as whole addresses on the page's own host. */
export interface PartUrls {
  readonly silero: DetectorUrls;
  readonly legacy: string;
  readonly v5: string;
  readonly onnxRuntime: string;
  readonly webrtc: string;
}

let program: Promise<ArrayBuffer> | undefined;

/** A detector that has heard nothing yet. What it needs is fetched once. Rejects if that cannot be had. */
export async function openDetector(name: DetectorName, urls: PartUrls): Promise<FrameRating> {
  switch (name) {
    case 'silero': {
      const model = (await detector(urls.silero)).open();
      return {
        rate: (frame) => [model.probability(frame)],
        finish: () => [],
        release: () => model.close(),
      };
    }
    case 'legacy':
    case 'v5':
      return vadWeb(
        name,
        () => fetchPart(urls[name]),
        () => fetchPart(urls.onnxRuntime),
      );
    case 'webrtc':
      return webrtc(await webrtcProgram(urls.webrtc));
    case 'energy':
      return loudness();
  }
}

/** What could not be had is asked for again the next time. */
async function webrtcProgram(url: string): Promise<ArrayBuffer> {
  program ??= fetchPart(url);
  try {
    return await program;
  } catch (error) {
    program = undefined;
    throw error;
  }
}
