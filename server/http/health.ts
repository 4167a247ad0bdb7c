import type { FastifyInstance } from 'fastify';
import { ServerError, type RoomServiceClient } from 'livekit-server-sdk';
import packageManifest from '../../package.json' with { type: 'json' };

/** What this server can know of workers: a launcher tells its own server; alone, it cannot know. */
export type AgentsState = 'ready' | 'starting' | 'unknown';

/** `refused`: it answers, but not to these keys. */
type LivekitState = 'ok' | 'unreachable' | 'refused';

interface Health {
  readonly status: 'ok' | 'degraded';
  readonly version: string;
  readonly livekit: LivekitState;
  readonly agents: AgentsState;
}

const keepAnswerMs = 3000;

/** `GET /api/health`: 200 when conversations can begin, 503 when LiveKit is out of reach. */
export function addHealthRoute(
  app: FastifyInstance,
  rooms: RoomServiceClient,
  agents: () => AgentsState,
): void {
  let checkedAtMs = -Infinity;
  let answer: Promise<LivekitState> = Promise.resolve('unreachable');

  app.get('/api/health', async (_request, reply): Promise<Health> => {
    // Shared and kept for a moment, so that asking often costs LiveKit nothing.
    if (performance.now() - checkedAtMs > keepAnswerMs) {
      checkedAtMs = performance.now();
      answer = askLivekit(rooms);
    }
    const livekit = await answer;
    const status = livekit === 'ok' ? 'ok' : 'degraded';
    reply.code(livekit === 'ok' ? 200 : 503).header('Cache-Control', 'no-store');
    return { status, version: packageManifest.version, livekit, agents: agents() };
  });
}

/** No room has this name: the answer is an empty list, however many rooms there are. */
async function askLivekit(rooms: RoomServiceClient): Promise<LivekitState> {
  try {
    await rooms.listRooms(['parley-health-check']);
    return 'ok';
  } catch (error) {
    const refused = error instanceof ServerError && [401, 403].includes(error.status);
    return refused ? 'refused' : 'unreachable';
  }
}
