import { join } from 'node:path';
import { workerHealth } from '#protocol/worker-health.ts';
import { scrubOutput } from '../logging/output.ts';
import { EnvironmentError, loadDotenvFile, readEnvironment } from './environment.ts';
import { createApp } from './http/app.ts';
import type { AgentsNews } from './http/health.ts';
import { projectRoot } from './root.ts';
import { readVadSettings } from './vad/settings.ts';

/** Serves until the process is told to stop, or until the launcher that started it is gone. */
async function serve(): Promise<void> {
  loadDotenvFile();
  const environment = readEnvironment(process.env);
  scrubOutput();
  let agents: AgentsNews = { state: 'unknown', worker: undefined };
  const app = await createApp({
    environment,
    pageFolder: join(projectRoot, 'dist', 'page'),
    agents: () => agents,
    vad: readVadSettings(process.env),
    log: true,
  });
  process.on('message', ({ kind, state, ...news }: Record<string, unknown>) => {
    if (kind === 'agents' && (state === 'ready' || state === 'starting')) {
      agents = { state, worker: state === 'ready' ? agents.worker : undefined };
    } else if (kind === 'worker') {
      agents = { ...agents, worker: workerHealth.safeParse(news['health']).data };
    }
  });
  let stopping = false;
  // A second signal does not cut off those who are still being answered.
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void app.close().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  process.once('disconnect', stop);

  await app.listen({ host: environment.http.host, port: environment.http.port });
  process.send?.({ kind: 'ready' });
}

serve().catch((error: unknown) => {
  const reason = error instanceof EnvironmentError ? error.message : String(error);
  process.stderr.write(`The server cannot start: ${reason}\n`);
  process.exit(1);
});
