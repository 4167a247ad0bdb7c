/** Fetches a part of the detector; rejects if the server does not have it. */
export async function fetchPart(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url);
  // A server that answers every address with its start page would hand that over instead.
  if (!response.ok) throw new Error(`A part of the detector answers with ${response.status}.`);
  return response.arrayBuffer();
}
