import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { keyOf } from './access.ts';
import type { AnalysisPool } from './analysis/pool.ts';
import { answerOf, type DetectAnswer } from './answer.ts';
import { openRecording } from './decoding/recording.ts';
import { detectSchema } from './documentation.ts';
import { busy, VadFailure } from './failure.ts';
import type { Ongoing } from './ongoing.ts';
import { rateOf, requireSound, settingsOf } from './request.ts';
import type { VadSettings } from './settings.ts';

/** `POST /v1/vad/detect`: the recording is read as it comes, so it may be as long as the key allows bytes. */
export function addDetectRoute(
  app: FastifyInstance,
  settings: VadSettings,
  pool: AnalysisPool,
  rateLimit: object,
  ongoing: Ongoing,
): void {
  app.post('/v1/vad/detect', {
    schema: detectSchema,
    config: { rateLimit },
    handler: async (request, reply): Promise<DetectAnswer> => {
      const startedMs = performance.now();
      const { maxBytes } = keyOf(request);
      requireSound(request);
      const rateHz = rateOf(request);
      const segmentSettings = settingsOf(request);
      if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
      if (pool.open >= settings.mostOpen) throw busy();

      const early = new AbortController();
      request.raw.once('close', () => {
        if (!request.raw.complete) early.abort(brokenOff());
      });
      reply.raw.once(
        'close',
        ongoing.add((why) => early.abort(why)),
      );
      const bytes = limited(
        request.body as Readable | undefined,
        { maxBytes, stalledMs: settings.stalledMs },
        early,
      );
      try {
        const recording = await openRecording(bytes, rateHz, early.signal);
        const analysis = pool.begin(recording.source, segmentSettings);
        if (!analysis) throw busy();
        try {
          for await (const chunk of recording.bytes) {
            const { heardMs } = await analysis.feed(chunk);
            early.signal.throwIfAborted();
            if (heardMs > settings.longestMs) throw tooLong(settings.longestMs);
          }
          const { note = recording.note(), ...findings } = await analysis.finish();
          reply.header('Cache-Control', 'no-store');
          return answerOf({ ...findings, note }, performance.now() - startedMs);
        } finally {
          analysis.drop();
        }
      } catch (error) {
        // What is still on its way is not read, and the connection cannot be used again.
        if (!request.raw.complete) reply.header('Connection', 'close');
        throw early.signal.aborted ? early.signal.reason : error;
      }
    },
  });
}

/** Throws 413 once there is more than is allowed, and 408 when nothing comes; `early` ends it before its time. */
async function* limited(
  body: Readable | undefined,
  { maxBytes, stalledMs }: { readonly maxBytes: number; readonly stalledMs: number },
  early: AbortController,
): AsyncGenerator<Uint8Array> {
  if (!body) return;
  // Destroyed, it would take the connection along, and the answer with it.
  const chunks = body.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer, undefined>;
  let received = 0;
  for (;;) {
    const watch = setTimeout(() => early.abort(stalled(stalledMs)), stalledMs);
    const next = await orAborted(chunks.next(), early.signal).finally(() => clearTimeout(watch));
    if (next.done) return;
    received += next.value.length;
    if (received > maxBytes) throw tooLarge(maxBytes);
    yield next.value;
  }
}

/** What is promised, unless the signal comes first: then this rejects with its reason. */
function orAborted<T>(promised: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promised.finally(() => signal.removeEventListener('abort', onAbort)).then(resolve, reject);
  });
}

function stalled(stalledMs: number): VadFailure {
  return new VadFailure(408, {
    code: 'upload_stalled',
    message: `Nothing came for ${stalledMs / 1000} seconds.`,
    cure: 'Send the recording again without a pause.',
  });
}

/** Nobody reads it any more, but the log need not call it a fault of the server. */
function brokenOff(): VadFailure {
  return new VadFailure(400, {
    code: 'broken_off',
    message: 'The connection was closed before the recording had come.',
    cure: 'Send the same request again.',
  });
}

function tooLarge(maxBytes: number): VadFailure {
  return new VadFailure(413, {
    code: 'too_large',
    message: `The recording has more than the ${maxBytes / 1_000_000} MB that this key may send.`,
    cure: 'Send it compressed (MP3, OGG, FLAC) or in parts, or ask for a larger limit.',
  });
}

function tooLong(longestMs: number): VadFailure {
  return new VadFailure(413, {
    code: 'too_long',
    message: `The recording is longer than the ${longestMs / 3_600_000} hours that are heard.`,
    cure: 'Send it in parts.',
  });
}
