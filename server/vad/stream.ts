import type { FastifyInstance } from 'fastify';
import type { AnalysisPool } from './analysis/pool.ts';
import { closeCodeOf, DetectionStream } from './detection-stream.ts';
import { busy } from './failure.ts';
import type { Ongoing } from './ongoing.ts';
import { rateOf, settingsOf } from './request.ts';
import type { VadSettings } from './settings.ts';

/** What the stream takes where the client names no rate. */
const usualRateHz = 16_000;
/** The largest piece, in bytes: ten seconds at 48 kHz. */
export const largestPiece = 960_000;

/** `WS /v1/vad/stream`: pieces of samples in, one `vad_update` out for each, and the segments after `{"type":"end"}`. */
export function addStreamRoute(
  app: FastifyInstance,
  settings: VadSettings,
  pool: AnalysisPool,
  rateLimit: object,
  ongoing: Ongoing,
): void {
  app.get(
    '/v1/vad/stream',
    {
      websocket: true,
      config: { rateLimit },
      // Before the upgrade, so that a refusal is an answer of HTTP with a status.
      preValidation: (request, _reply, done) => {
        rateOf(request);
        settingsOf(request);
        if (pool.open >= settings.mostOpen) throw busy();
        done();
      },
    },
    (socket, request) => {
      const source = { kind: 'pcm', rateHz: rateOf(request) ?? usualRateHz } as const;
      const analysis = pool.begin(source, settingsOf(request));
      if (!analysis) {
        const why = busy();
        socket.close(closeCodeOf(why), why.code);
        return;
      }
      const stream = new DetectionStream(socket, analysis, settings.pingEveryMs, request.log);
      socket.once(
        'close',
        ongoing.add((why) => stream.end(why)),
      );
      stream.run();
    },
  );
}
