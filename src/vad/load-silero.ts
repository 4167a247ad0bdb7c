import { unpack } from '../../vad/silero/parameters.ts';
import { Silero } from '../../vad/silero/silero.ts';

/** Fetches the weights; rejects if the server does not have them. */
export async function loadSilero(weightsUrl: string): Promise<Silero> {
  const response = await fetch(weightsUrl);
  // A server that answers every address with its start page would hand that over as the weights.
  if (!response.ok) throw new Error(`The detector's weights answer with ${response.status}.`);
  return new Silero(unpack(await response.arrayBuffer()));
}
