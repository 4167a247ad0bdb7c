import { join } from 'node:path';
import { EnvironmentError, loadDotenvFile, readEnvironment } from './environment.ts';
import { createApp } from './http/app.ts';
import type { AgentsState } from './http/health.ts';
import { projectRoot } from './root.ts';
import { readVadSettings } from './vad/settings.ts';

/** Serves until the process is told to stop, or until the launcher that started it is gone. */
async function serve(): Promise<void> {
  loadDotenvFile();
  const environment = readEnvironment(process.env);
  let agents: AgentsState = 'unknown';
  const app = await createApp({
    environment,
    pageFolder: join(projectRoot, 'dist', 'page'),
    agents: () => agents,
    vad: readVadSettings(process.env),
    log: true,
  });
  process.on('message', (message: { kind?: unknown; state?: unknown }) => {
    if (message.kind !== 'agents') return;
    if (message.state === 'ready' || message.state === 'starting') agents = message.state;
  });
  const stop = () => void app.close().then(() => process.exit(0));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop);
  process.once('disconnect', stop);

  await app.listen({ host: environment.http.host, port: environment.http.port });
  process.send?.({ kind: 'ready' });
}

serve().catch((error: unknown) => {
  const reason = error instanceof EnvironmentError ? error.message : String(error);
  process.stderr.write(`The server cannot start: ${reason}\n`);
  process.exit(1);
});
