import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { humanSpeech } from '../../vad/testing/recording.ts';
import { wavOf } from '../../vad/testing/wav.ts';
import { key } from './testing/serve.ts';
import { freePort, startService } from './testing/service-process.ts';

const streams = 100;
const headers = { authorization: `Bearer ${key}` };

let wav: Buffer;
let port: number;
let service: ChildProcess;

beforeAll(async () => {
  wav = Buffer.from(wavOf((await humanSpeech()).subarray(0, 160_000), { rateHz: 16_000 }));
});
beforeEach(async () => {
  port = await freePort();
  service = await start();
}, 20_000);

async function start(): Promise<ChildProcess> {
  const child = await startService(port);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

interface Stream {
  /** What it was told last, and the code that closed it. */
  readonly ended: Promise<{ readonly last: unknown; readonly code: number }>;
}

/** A stream that has been heard for a moment. */
async function begunStream(): Promise<Stream> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/vad/stream`, { headers });
  let last: unknown;
  socket.on('message', (data: Buffer) => (last = JSON.parse(data.toString()) as unknown));
  socket.on('error', () => undefined);
  await once(socket, 'open');
  socket.send(wav.subarray(44, 3244));
  await once(socket, 'message');
  const ended = once(socket, 'close').then(([code]) => ({ last, code: code as number }));
  return { ended };
}

interface Upload {
  readonly outgoing: ClientRequest;
  /** Rejects when the connection breaks. */
  readonly answer: Promise<{ readonly status: number | undefined; readonly body: unknown }>;
}

/** An upload of which half has been sent. */
async function begunUpload(): Promise<Upload> {
  const outgoing = request({
    ...{ host: '127.0.0.1', port, path: '/v1/vad/detect', method: 'POST' },
    headers: {
      ...headers,
      'content-type': 'application/octet-stream',
      'content-length': wav.length,
    },
  });
  const answer = once(outgoing, 'response').then(async (emitted) => {
    const [response] = emitted as [IncomingMessage];
    return { status: response.statusCode, body: JSON.parse(await text(response)) as unknown };
  });
  answer.catch(() => undefined);
  // A connection that breaks is told of by the answer; later errors of writing add nothing.
  outgoing.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    outgoing.write(wav.subarray(0, wav.length / 2), () => resolve());
  });
  return { outgoing, answer };
}

async function begin(uploads: number): Promise<{ streams: Stream[]; uploads: Upload[] }> {
  const begun = {
    streams: await Promise.all(Array.from({ length: streams }, begunStream)),
    uploads: await Promise.all(Array.from({ length: uploads }, begunUpload)),
  };
  const open = z.object({ open: z.number() });
  const inHand = async () =>
    open.parse(await (await fetch(`http://127.0.0.1:${port}/v1/vad/health`)).json()).open;
  await expect.poll(inHand, { timeout: 5000 }).toBe(streams + uploads);
  return begun;
}

async function worksAgain(): Promise<void> {
  await start();
  await begunStream();
  const { outgoing, answer } = await begunUpload();
  outgoing.end(wav.subarray(wav.length / 2));
  expect((await answer).status).toBe(200);
}

describe(
  'a service in the middle of a hundred streams and ten recordings',
  { timeout: 25_000 },
  () => {
    it('killed, leaves nobody waiting, and started anew works again', async () => {
      const begun = await begin(10);
      service.kill('SIGKILL');
      const endings = await Promise.all(begun.streams.map(({ ended }) => ended));
      expect(new Set(endings.map(({ code }) => code))).toEqual(new Set([1006]));
      const answers = await Promise.allSettled(begun.uploads.map(({ answer }) => answer));
      expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
      await worksAgain();
    });

    it('asked to stop, tells the streams, answers the recordings that come to their end, and refuses the rest', async () => {
      const begun = await begin(10);
      const exited = once(service, 'exit');
      service.kill('SIGTERM');
      const endings = await Promise.all(begun.streams.map(({ ended }) => ended));
      for (const { last, code } of endings) {
        expect(code).toBe(1012);
        expect(last).toMatchObject({ type: 'error', error: { code: 'stopping' } });
      }
      service.kill('SIGTERM');
      const inTime = begun.uploads.slice(0, 5);
      for (const { outgoing } of inTime) outgoing.end(wav.subarray(wav.length / 2));
      for (const { answer } of inTime) expect((await answer).status).toBe(200);
      for (const { answer } of begun.uploads.slice(5)) {
        expect(await answer).toMatchObject({ status: 503, body: { error: { code: 'stopping' } } });
      }
      expect(await exited).toEqual([0, null]);
      await worksAgain();
    });
  },
);
