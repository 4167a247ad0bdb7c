import type { Environment } from '../environment.ts';
import { obtainLivekit } from './livekit-binary.ts';
import { livekitPlan, livekitPorts } from './livekit-part.ts';
import { ownPlan } from './own-part.ts';
import type { Part } from './part.ts';
import { PlainFailure } from './plain-failure.ts';
import { takenPorts, type PortWish } from './ports.ts';
import { prepareModels } from './preparation.ts';
import type { Session } from './session.ts';

const reachableWithinMs = 5000;

/** Sets up what is missing, starts everything and says where the page is. Returns when all of it answers. */
export async function startAll(session: Session, signal: AbortSignal): Promise<void> {
  const { environment, terminal } = session;
  await requirePorts(environment);
  const media = environment.livekit.kind === 'own' ? startOwnLivekit : requireGivenLivekit;
  const server = serverPart(session);
  const agent = session.part(
    ownPlan('agent', environment),
    'The agent',
    ({ kind }) => {
      if (kind !== 'stopped') tellAgents(server, kind === 'ready');
    },
    (message) => {
      const { kind } = message as { kind?: unknown };
      if (kind === 'worker') server.tell(message as object);
    },
  );

  // One that fails stops the others: nobody waits two minutes for a build that is of no use.
  const failing = new AbortController();
  const either = AbortSignal.any([signal, failing.signal]);
  try {
    await Promise.all([
      media(session, either),
      prepare(session, either),
      startPart(server, 'The server'),
    ]);
  } catch (error) {
    failing.abort();
    throw error;
  }
  signal.throwIfAborted();
  await startPart(agent, 'The agent');
  terminal.plain();
  terminal.plain(
    `  ${terminal.paint('bold', 'Parley')}  ${terminal.paint('cyan', pageUrl(environment.http))}`,
  );
  terminal.plain();
  terminal.plain(terminal.paint('gray', `  Ctrl-C stops it. The full log is ${session.logPath}`));
  terminal.plain();
}

/** `npm run server`: the token server and the page, for an agent and a LiveKit that run elsewhere. */
export async function startServer(session: Session): Promise<void> {
  const { environment, terminal } = session;
  await requireFree([pagePort(environment)]);
  await startPart(serverPart(session), 'The server');
  terminal.plain(
    `  ${terminal.paint('cyan', pageUrl(environment.http))}  →  ${environment.livekit.url}`,
  );
}

/** `npm run agent`: a worker for the LiveKit server of the environment. */
export async function startAgent(session: Session, signal: AbortSignal): Promise<void> {
  const { environment, terminal } = session;
  await prepare(session, signal);
  if (!(await answers(environment.livekit.url, signal))) {
    terminal.warn(
      `No LiveKit server answers at ${environment.livekit.url} yet; the agent goes on trying.`,
    );
  }
  await startPart(session.part(ownPlan('agent', environment), 'The agent'), 'The agent');
  terminal.plain(`  Waiting for rooms of ${environment.livekit.url}`);
}

function serverPart(session: Session): Part {
  return session.part(ownPlan('server', session.environment), 'The server');
}

/** The server cannot see workers; its health answer says what the launcher knows. */
function tellAgents(server: Part, ready: boolean): void {
  server.tell({ kind: 'agents', state: ready ? 'ready' : 'starting' });
}

async function startOwnLivekit(session: Session, signal: AbortSignal): Promise<void> {
  const { environment, terminal } = session;
  const task = 'LiveKit server';
  try {
    const binary = await obtainLivekit(
      environment.cacheFolder,
      (text) => terminal.progress(task, text),
      signal,
    );
    signal.throwIfAborted();
    terminal.endProgress(task);
    await startPart(session.part(livekitPlan(binary, environment.livekit), 'LiveKit'), 'LiveKit');
  } finally {
    terminal.endProgress(task);
  }
}

async function requireGivenLivekit(session: Session, signal: AbortSignal): Promise<void> {
  const { url } = session.environment.livekit;
  if (await answers(url, signal)) return;
  throw new PlainFailure(
    `The LiveKit server at ${url} does not answer. Check LIVEKIT_URL and that the server runs, or unset it to use one on this machine.`,
  );
}

async function answers(url: string, signal: AbortSignal): Promise<boolean> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(reachableWithinMs)]);
  const response = await fetch(url.replace(/^ws/, 'http'), { signal: limit }).catch(
    () => undefined,
  );
  return response !== undefined;
}

async function prepare(session: Session, signal: AbortSignal): Promise<void> {
  const { environment, terminal } = session;
  const task = 'Speech models';
  try {
    await prepareModels(environment, {
      onProgress: (text) => terminal.progress(task, text),
      onNotice: (text) => terminal.warn(text),
      onDetail: (text) => session.note(text),
      signal,
    });
  } finally {
    terminal.endProgress(task);
  }
}

async function startPart(part: Part, title: string): Promise<void> {
  try {
    await part.start();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PlainFailure(
      `${title} could not be started: ${reason}. The lines above and the log say why.`,
    );
  }
}

async function requirePorts(environment: Environment): Promise<void> {
  const { livekit } = environment;
  const ownPorts = livekit.kind === 'own' ? livekitPorts(livekit.port) : [];
  await requireFree([pagePort(environment), ...ownPorts]);
}

async function requireFree(wishes: readonly PortWish[]): Promise<void> {
  const taken = await takenPorts(wishes);
  if (taken.length > 0) throw new PlainFailure(taken.join('\n'));
}

export function pagePort({ http }: Environment): PortWish {
  return { port: http.port, protocol: 'tcp', purpose: 'the page', variable: 'PORT' };
}

function pageUrl({ host, port }: Environment['http']): string {
  const everywhere = ['0.0.0.0', '::', '[::]'].includes(host);
  return `http://${everywhere ? 'localhost' : host}:${port}`;
}
