import type { FastifyInstance } from 'fastify';
import { ServerError, type RoomServiceClient } from 'livekit-server-sdk';
import type { WorkerHealth } from '#protocol/worker-health.ts';
import packageManifest from '../../package.json' with { type: 'json' };

/** What this server can know of workers: a launcher tells its own server; alone, it cannot know. */
export type AgentsState = 'ready' | 'starting' | 'unknown';

/** `refused`: it answers, but not to these keys. */
type LivekitState = 'ok' | 'unreachable' | 'refused';

/** Where the server learns of workers. */
export interface AgentsNews {
  readonly state: AgentsState;
  /** As the worker told it last; undefined where none has. */
  readonly worker: WorkerHealth | undefined;
}

export interface Health {
  readonly status: 'ok' | 'degraded';
  readonly version: string;
  readonly livekit: LivekitState;
  readonly agents: AgentsState;
  readonly worker?: WorkerHealth;
  /** What is wrong and what to do, a sentence each. */
  readonly problems: readonly string[];
}

const keepAnswerMs = 3000;

/** `GET /api/health`: 200 when conversations can begin, 503 when LiveKit is out of reach. Returns what it answers. */
export function addHealthRoute(
  app: FastifyInstance,
  rooms: RoomServiceClient,
  agents: () => AgentsNews,
): () => Promise<Health> {
  let checkedAtMs = -Infinity;
  let answer: Promise<LivekitState> = Promise.resolve('unreachable');

  const health = async (): Promise<Health> => {
    // Shared and kept for a moment, so that asking often costs LiveKit nothing.
    if (performance.now() - checkedAtMs > keepAnswerMs) {
      checkedAtMs = performance.now();
      answer = askLivekit(rooms);
    }
    return describe(await answer, agents());
  };
  app.get('/api/health', async (_request, reply): Promise<Health> => {
    const told = await health();
    reply.code(told.livekit === 'ok' ? 200 : 503).header('Cache-Control', 'no-store');
    return told;
  });
  return health;
}

function describe(livekit: LivekitState, { state, worker }: AgentsNews): Health {
  const problems = [...problemsOfLivekit[livekit], ...problemsOfAgents(state, worker)];
  return {
    status: problems.length === 0 ? 'ok' : 'degraded',
    version: packageManifest.version,
    livekit,
    agents: state,
    ...(worker && { worker }),
    problems,
  };
}

const problemsOfLivekit: Readonly<Record<LivekitState, readonly string[]>> = {
  ok: [],
  unreachable: ['The LiveKit server does not answer: check that it runs, and LIVEKIT_URL.'],
  refused: [
    'The LiveKit server refuses the keys: check LIVEKIT_API_KEY and LIVEKIT_API_SECRET on both sides.',
  ],
};

function problemsOfAgents(state: AgentsState, worker: WorkerHealth | undefined): string[] {
  const problems: string[] = [];
  if (state === 'starting')
    problems.push('No worker takes conversations yet, or it is started again.');
  if (!worker) return problems;
  if (worker.engine === 'restarting') {
    problems.push('The speech engine ended and is started again: sentences may be lost meanwhile.');
  } else if (worker.engine === 'failed') {
    problems.push('The speech engine cannot run here: the log of the worker says why.');
  }
  if (state === 'ready' && !worker.registered) {
    problems.push('The worker has lost LiveKit and goes on trying.');
  }
  for (const { provider, code } of worker.failingProviders) {
    problems.push(`${provider} is configured but fails (${code}); other providers take over.`);
  }
  return problems;
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
