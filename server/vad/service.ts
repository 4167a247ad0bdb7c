import swagger from '@fastify/swagger';
import websocket from '@fastify/websocket';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import packageManifest from '../../package.json' with { type: 'json' };
import { bearerOf } from '../http/shared-secret.ts';
import { fingerprintOf, requireKeys } from './access.ts';
import { AnalysisPool } from './analysis/pool.ts';
import { addDetectRoute } from './detect.ts';
import { streamPath } from './documentation.ts';
import { answerVadFailure, VadFailure } from './failure.ts';
import { addVadHealthRoute } from './health.ts';
import { Ongoing } from './ongoing.ts';
import type { VadSettings } from './settings.ts';
import { addStreamRoute, largestPiece } from './stream.ts';

/** How long a recording may still take when the service is stopped, in ms; the launcher ends a server after four seconds. */
const graceMs = 2500;

/** The detector as a service below `/v1/vad`, with a pool of threads that ends with the app. */
export async function addVadService(app: FastifyInstance, settings: VadSettings): Promise<void> {
  const pool = new AnalysisPool(settings.threads);
  await app.register(async (service) => {
    service.addHook('onClose', () => pool.close());
    service.setErrorHandler(answerVadFailure);
    await service.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title: 'Parley: detection of speech', version: packageManifest.version },
        paths: streamPath,
        components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
      },
    });
    const recordings = new Ongoing();
    const streams = new Ongoing();
    await service.register(websocket, {
      options: { maxPayload: largestPiece },
      // Its own way would close the streams without a word.
      preClose: (done) => {
        void Promise.all([recordings.drain(graceMs), streams.drain(0)]).then(() => done());
      },
    });
    // The body is read as it comes, whatever it is.
    service.removeAllContentTypeParsers();
    service.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

    const rateLimit = {
      max: settings.requestsPerMinute,
      timeWindow: '1 minute',
      keyGenerator: (request: FastifyRequest) => fingerprintOf(bearerOf(request) ?? request.ip),
      errorResponseBuilder: (_request: FastifyRequest, { after }: { after: string }) =>
        new VadFailure(429, {
          code: 'rate_limited',
          message: 'Too many requests with this key.',
          cure: `Send it again in ${after}.`,
        }),
    };
    requireKeys(service, settings);
    addDetectRoute(service, settings, pool, rateLimit, recordings);
    addStreamRoute(service, settings, pool, rateLimit, streams);
    addVadHealthRoute(service, pool);
    service.get('/v1/vad/openapi.json', { schema: { hide: true } }, () => service.swagger());
  });
}
