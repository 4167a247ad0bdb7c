import type { FastifyInstance } from 'fastify';
import packageManifest from '../../package.json' with { type: 'json' };
import type { AnalysisPool } from './analysis/pool.ts';
import { healthSchema } from './documentation.ts';

/** `GET /v1/vad/health`: 200 when recordings are taken, 503 while they are not. Needs no key and tells nothing of them. */
export function addVadHealthRoute(app: FastifyInstance, pool: AnalysisPool): void {
  app.get('/v1/vad/health', { schema: healthSchema }, async (_request, reply) => {
    const well = pool.threads > 0 && pool.models !== 'starting';
    reply.code(well ? 200 : 503).header('Cache-Control', 'no-store');
    return {
      status: well ? 'ok' : pool.threads > 0 ? 'starting' : 'failed',
      version: packageManifest.version,
      model: 'silero-vad-6.2',
      compute:
        pool.models === 'kernel'
          ? 'wasm-simd'
          : pool.models === 'plain'
            ? 'javascript'
            : 'starting',
      threads: pool.threads,
      open: pool.open,
    };
  });
}
