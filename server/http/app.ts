import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance } from 'fastify';
import { AgentDispatchClient, RoomServiceClient } from 'livekit-server-sdk';
import type { Environment } from '../environment.ts';
import { addDispatchRoute } from './dispatch.ts';
import { addEmbedding } from './embedding.ts';
import { answerFailure, ApiFailure } from './failure.ts';
import { addHealthRoute, type AgentsNews } from './health.ts';
import { addMetrics } from './metrics.ts';
import { addPages } from './pages.ts';
import { requestLog } from './request-log.ts';
import { addRoomRoute } from './room.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { addTokenRoute } from './token.ts';
import { addVadService } from '../vad/service.ts';
import type { VadSettings } from '../vad/settings.ts';

export interface AppOptions {
  readonly environment: Environment;
  /** Where the built page lies. */
  readonly pageFolder: string;
  readonly agents?: () => AgentsNews;
  /** Without it there is no detector as a service. */
  readonly vad?: VadSettings;
  /** Log to standard output, as one JSON object a line. */
  readonly log?: boolean;
}

/** How long LiveKit's API may take, in seconds, before it counts as unreachable. */
const livekitTimeoutSeconds = 3;

const noNews = (): AgentsNews => ({ state: 'unknown', worker: undefined });

/** The whole HTTP side, not yet listening. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { environment, pageFolder, agents = noNews, vad, log = false } = options;
  const { http, livekit } = environment;
  const app = Fastify({
    logger: log ? requestLog(environment.logLevel) : false,
    trustProxy: http.trustedProxies ?? false,
    forceCloseConnections: true,
    return503OnClosing: true,
  });
  app.setErrorHandler(answerFailure);
  await addSecurityHeaders(app, environment);
  await addEmbedding(app, http.embedOrigins);
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, context) =>
      new ApiFailure(429, 'rate_limited', `Too many requests. Try again in ${context.after}.`),
  });

  const apiUrl = livekit.url.replace(/^ws/, 'http');
  const clientOptions = { requestTimeout: livekitTimeoutSeconds };
  const keys = [livekit.apiKey, livekit.apiSecret] as const;
  const rooms = new RoomServiceClient(apiUrl, ...keys, clientOptions);
  const dispatches = new AgentDispatchClient(apiUrl, ...keys, clientOptions);
  addTokenRoute(app, environment);
  addDispatchRoute(app, environment, { rooms, dispatches });
  addRoomRoute(app, environment, rooms);
  const health = addHealthRoute(app, rooms, agents);
  if (http.metricsKey !== undefined) addMetrics(app, http.metricsKey, health);
  refuseOtherMethods(app, {
    '/api/token': 'POST',
    '/api/dispatch': 'POST',
    '/api/room': 'GET',
    '/api/health': 'GET',
  });
  if (vad) {
    await addVadService(app, vad);
    refuseOtherMethods(app, { '/v1/vad/detect': 'POST', '/v1/vad/health': 'GET' });
  }
  await addPages(app, pageFolder);
  return app;
}

function refuseOtherMethods(app: FastifyInstance, routes: Readonly<Record<string, string>>): void {
  for (const [url, allowed] of Object.entries(routes)) {
    const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((name) => name !== allowed);
    app.route({
      method: others,
      url,
      exposeHeadRoute: false,
      // Before the body is read: it does not matter what it holds.
      onRequest: async (_request, reply) => {
        reply.header('Allow', allowed);
        throw new ApiFailure(405, 'method_not_allowed', `${url} answers ${allowed} only.`);
      },
      handler: () => undefined,
    });
  }
}
