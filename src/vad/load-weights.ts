import { unpack, type SileroParameters } from '../../vad/silero/parameters.ts';
import { fetchPart } from './fetch-part.ts';

/** Fetches the weights; rejects if the server does not have them. */
export async function loadWeights(weightsUrl: string): Promise<SileroParameters> {
  return unpack(await fetchPart(weightsUrl));
}
