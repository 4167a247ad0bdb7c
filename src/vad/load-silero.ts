import { unpack } from '../../vad/silero/parameters.ts';
import { Silero } from '../../vad/silero/silero.ts';
import { fetchPart } from './fetch-part.ts';

/** Fetches the weights; rejects if the server does not have them. */
export async function loadSilero(weightsUrl: string): Promise<Silero> {
  return new Silero(unpack(await fetchPart(weightsUrl)));
}
