import { randomUUID } from 'node:crypto';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { AgentServer, ServerOptions, initializeLogger, log } from '@livekit/agents';
import { assistantAttribute } from '#protocol/topics.ts';
import { scrubOutput } from '../logging/output.ts';
import { EngineStartError, EngineSupervisor, engineSocketVariable } from './engine/supervisor.ts';
import { EnvironmentError, readAgentEnvironment, type AgentEnvironment } from './environment.ts';
import { Librarian } from './knowledge/librarian.ts';
import { knowledgeSocketVariable } from './knowledge/service.ts';
import { memorySocketVariable, serveMemory } from './memory/memory-service.ts';
import { RoomMemory } from './memory/room-memory.ts';
import { watchJobs } from './worker/job-watch.ts';
import { WorkerState } from './worker/health.ts';
import { reportedLoad } from './worker/load.ts';
import { reportSocketVariable, takeReports } from './worker/reports.ts';
import { serveStatus, WorkerMetrics } from './worker/status.ts';
import { pulseSocketVariable } from './worker/pulse.ts';
import { promisedMs, Reserve, reserveSocketVariable } from './worker/reserve.ts';
import { Replacement } from './worker/replacement.ts';
import { WaitingRooms } from './worker/waiting-rooms.ts';
import { declineLocalTurnDetector } from './worker/turn-detector.ts';

/** Processes that wait with everything loaded, so that a person who comes is answered at once. */
const idleProcesses = 1;

/** Loading takes one processor whole and others in part; with more than these there is one to spare at any moment. */
const fewProcessors = 4;
/** Where there are few, the process for the next conversation waits so long for this one's end, in ms. */
const holdMs = availableParallelism() > fewProcessors ? 0 : 30_000;
/** On a busy machine a process that is begun anew takes no less time to load, in ms. */
const longestLoadMs = 30_000;

/** The framework asks for the load this often and half as long again, in ms, while LiveKit knows the worker. */
const longestSilenceMs = 8000;
/** While it drains, the framework does not ask, and the worker looks by itself this often, in ms. */
const lookWhileDrainingMs = 2500;

try {
  await run(readAgentEnvironment());
} catch (error) {
  const expected = error instanceof EnvironmentError || error instanceof EngineStartError;
  process.stderr.write(`${expected || !(error instanceof Error) ? String(error) : error.stack}\n`);
  process.exit(1);
}

async function run(environment: AgentEnvironment): Promise<void> {
  scrubOutput();
  initializeLogger({ pretty: false, level: environment.logLevel });
  declineLocalTurnDetector();

  const engine = new EngineSupervisor({ modulePath: sibling('engine.js') });
  engine.on('state', (state) => log().info({ state }, 'speech engine'));
  // Passed on by the launcher to its server.
  const state = new WorkerState((health) => process.send?.({ kind: 'worker', health }));
  const metrics = new WorkerMetrics(() => state.health);
  engine.on('state', (now) => {
    state.engine(now);
    if (now.kind === 'starting') metrics.engineStarted();
  });
  const reportSocket = socketPath('reports');
  const reports = await takeReports(reportSocket, (report) => {
    state.provider(report);
    metrics.provider(report);
  });
  const memorySocket = socketPath('memory');
  const memory = await serveMemory(memorySocket, new RoomMemory());
  const knowledgeSocket = socketPath('knowledge');
  const librarian = Librarian.employ({
    module: new URL('./knowledge-thread.js', import.meta.url),
    folder: environment.knowledgeFolder,
    socketPath: knowledgeSocket,
    log: log(),
  });
  const pulseSocket = socketPath('pulse');
  const replacement = new Replacement(environment);
  const reserveSocket = socketPath('reserve');
  const reserve: Reserve = await Reserve.on(reserveSocket, holdMs, () => void waiting.callNext());
  const waiting = new WaitingRooms({
    isMissing: (room) => replacement.isMissing(room),
    call: (room) => replacement.call(room),
    isFull: () => reserve.isAwaited,
    patienceMs: promisedMs,
    onError: (error) => log().warn({ error }, 'a room that waits could not be called for'),
  });
  const jobs = await watchJobs(pulseSocket, {
    lost: (lost) => {
      log().warn({ lost }, 'a job is lost');
      replacement.of(lost).catch((error: unknown) => {
        log().warn({ error }, 'nobody could be sent for in its place');
      });
    },
    nobodyTalks: () => reserve.nobodyTalks(),
  });
  // Jobs are forked by the framework and inherit this environment.
  process.env[engineSocketVariable] = engine.socketPath;
  process.env[knowledgeSocketVariable] = knowledgeSocket;
  process.env[memorySocketVariable] = memorySocket;
  process.env[pulseSocketVariable] = pulseSocket;
  process.env[reportSocketVariable] = reportSocket;
  process.env[reserveSocketVariable] = reserveSocket;
  // The framework's forks take over what this process was started with; the module has to run before the framework's own.
  process.execArgv.push('--import', pathToFileURL(sibling('hold.js')).href);
  const { status } = environment;
  const statusPlace = status && (await serveStatus(status, () => state.health, metrics));
  await engine.start();

  let away: NodeJS.Timeout | undefined;
  let draining: NodeJS.Timeout | undefined;
  const attend = (conversations: number): void => {
    state.jobs(true, conversations);
    clearTimeout(away);
    away = setTimeout(() => state.jobs(false, conversations), longestSilenceMs);
  };
  const server = new AgentServer(serverOptions(environment, attend, reserve, waiting));
  server.event.on('worker_registered', () => {
    // LiveKit is told of the load only some seconds later.
    attend(server.activeJobs.length);
    process.send?.({ kind: 'ready' });
  });
  server.event.once('worker_registered', () => {
    replacement.whereNobodyCame().catch((error: unknown) => {
      log().warn({ error }, 'it is not known whether somebody waits for an assistant');
    });
  });

  const stop = once(async () => {
    await jobs.close();
    // First in this order: for a process that ends unloaded the framework would begin another.
    await Promise.all([server.close(), reserve.close()]);
    statusPlace?.close();
    clearTimeout(away);
    clearInterval(draining);
    await Promise.all([engine.stop(), memory.close(), librarian.close(), reports.close()]);
    process.exit(0);
  });
  process.on('SIGINT', stop);
  process.on(
    'SIGTERM',
    once(() => {
      clearTimeout(away);
      const look = (): void => state.jobs(false, server.activeJobs.length);
      look();
      draining = setInterval(look, lookWhileDrainingMs);
      return server
        .drain()
        .catch(() => undefined)
        .then(stop);
    }),
  );
  // The launcher is gone, however it went: nobody would stop this process any more.
  process.on('disconnect', stop);
  engine.on('state', (state) => {
    if (state.kind === 'failed') {
      log().fatal(state.message);
      stop();
    }
  });
  await server.run();
}

/** `asked` hears the number of jobs whenever the framework is about to tell LiveKit the load. */
function serverOptions(
  { livekit, agentName, logLevel, jobMegabytes }: AgentEnvironment,
  asked: (conversations: number) => void,
  reserve: Reserve,
  waiting: WaitingRooms,
): ServerOptions {
  return new ServerOptions({
    agent: sibling('job.js'),
    agentName,
    wsURL: livekit.url,
    apiKey: livekit.apiKey,
    apiSecret: livekit.apiSecret,
    numIdleProcesses: idleProcesses,
    initializeProcessTimeout: holdMs + longestLoadMs,
    requestFunc: (job) => {
      if (!waiting.admit(job.room?.name ?? '')) return job.reject();
      reserve.somebodyComes();
      return job.accept('', '', '', { [assistantAttribute]: 'true' });
    },
    // A page that sends text without end loses its own job and no other.
    jobMemoryLimitMB: jobMegabytes,
    // A busy machine should answer late rather than not at all.
    loadThreshold: Infinity,
    loadFunc: ({ activeJobs }) => {
      asked(activeJobs.length);
      return Promise.resolve(reportedLoad(activeJobs.length, availableParallelism()));
    },
    // LiveKit may be restarted at any time; a worker that gave up would leave all later rooms empty.
    maxRetry: Infinity,
    host: '127.0.0.1',
    logLevel,
  });
}

function sibling(file: string): string {
  return fileURLToPath(new URL(`./${file}`, import.meta.url));
}

function socketPath(name: string): string {
  const unique = `parley-${name}-${process.pid}-${randomUUID().slice(0, 8)}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${unique}` : join(tmpdir(), `${unique}.sock`);
}

function once(act: () => unknown): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    void act();
  };
}
