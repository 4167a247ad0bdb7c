import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { FastifyInstance } from 'fastify';
import { ApiFailure } from './failure.ts';
import type { Health } from './health.ts';
import { bearerOf, isSameSecret } from './shared-secret.ts';

/** `GET /metrics` in the text format of Prometheus, for those who send the key as a bearer. */
export function addMetrics(app: FastifyInstance, key: string, health: () => Promise<Health>): void {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const durations = new Histogram({
    name: 'parley_http_request_seconds',
    help: 'How long requests took, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [register],
  });
  new Gauge({
    name: 'parley_livekit_up',
    help: '1 while LiveKit answers and takes the keys of this server.',
    registers: [register],
    async collect() {
      this.set((await health()).livekit === 'ok' ? 1 : 0);
    },
  });
  new Gauge({
    name: 'parley_agents_ready',
    help: '1 while a worker takes conversations, as far as this server is told.',
    registers: [register],
    async collect() {
      this.set((await health()).agents === 'ready' ? 1 : 0);
    },
  });

  app.addHook('onResponse', async (request, reply) => {
    durations.observe(
      {
        method: request.method,
        // What was asked for, where nothing is, is made up by whoever asks.
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
      },
      reply.elapsedTime / 1000,
    );
  });
  app.get('/metrics', async (request, reply) => {
    const given = bearerOf(request);
    if (given === undefined || !isSameSecret(given, key)) {
      throw new ApiFailure(401, 'unauthorized', 'Send the key as "Authorization: Bearer …".');
    }
    reply.header('Content-Type', register.contentType).header('Cache-Control', 'no-store');
    return register.metrics();
  });
}
