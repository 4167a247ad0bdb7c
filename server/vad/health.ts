import type { FastifyInstance } from 'fastify';
import packageManifest from '../../package.json' with { type: 'json' };
import type { AnalysisPool } from './analysis/pool.ts';
import { healthSchema } from './documentation.ts';

/** `GET /v1/vad/health`: 200 when recordings are taken, 503 while they are not. Needs no key and tells nothing of them. */
export function addVadHealthRoute(app: FastifyInstance, pool: AnalysisPool): void {
  app.get('/v1/vad/health', { schema: healthSchema }, async (_request, reply) => {
    const status = statusOf(pool);
    reply.code(status === 'ok' ? 200 : 503).header('Cache-Control', 'no-store');
    return {
      status,
      version: packageManifest.version,
      model: 'silero-vad-6.2',
      compute: compute[pool.models],
      threads: pool.threads,
      open: pool.open,
    };
  });
}

const compute: Readonly<Record<AnalysisPool['models'], string>> = {
  kernel: 'wasm-simd',
  plain: 'javascript',
  starting: 'starting',
};

function statusOf({ threads, models }: AnalysisPool): 'ok' | 'starting' | 'failed' {
  if (threads === 0) return 'failed';
  return models === 'starting' ? 'starting' : 'ok';
}
