import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import type { FastifyInstance } from 'fastify';
import { readEnvironment } from '../../environment.ts';
import { createApp } from '../../http/app.ts';
import { readVadSettings, type VadSettings } from '../settings.ts';

export const key = 'a-key-for-tests';

/** A service on a free port of this machine, with its address. It has to be closed. */
export async function serve(
  variables: Record<string, string> = {},
  more: Partial<VadSettings> = {},
): Promise<[FastifyInstance, string]> {
  const served = await createApp({
    environment: readEnvironment({ PARLEY_LIVEKIT_PORT: '1' }),
    pageFolder: tmpdir(),
    vad: {
      ...readVadSettings({
        PARLEY_VAD_KEYS: `${key},small-key-1:1`,
        PARLEY_VAD_RATE: '100000',
        PARLEY_VAD_THREADS: '2',
        ...variables,
      }),
      ...more,
    },
  });
  await served.listen({ host: '127.0.0.1', port: 0 });
  return [served, `127.0.0.1:${(served.server.address() as AddressInfo).port}`];
}

/** Sends a recording to the service at this address, with the key of the tests. */
export function postRecording(
  address: string,
  body: Uint8Array<ArrayBuffer> | ReadableStream | string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`http://${address}/v1/vad/detect`, {
    method: 'POST',
    body,
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/octet-stream',
      ...headers,
    },
    // Needed for a body that is a stream; the types do not know it.
    ...({ duplex: 'half' } as object),
  });
}
