import { rmSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { EnvironmentError, readAgentEnvironment } from '../environment.ts';
import { loadEngine } from './engine.ts';
import { heartbeatMs } from './heartbeat.ts';
import { modelFiles } from './models/model-files.ts';
import { PreparationError } from './models/preparation-error.ts';
import { checkModels } from './models/prepare.ts';
import { EngineService } from './service.ts';
import { engineSocketVariable, type EngineReport } from './supervisor.ts';

const onWindows = process.platform === 'win32';

/** Resolves when the parent, if there is one, has been sent it. */
async function report(message: EngineReport): Promise<void> {
  await new Promise<void>((resolve) => {
    if (process.send) process.send(message, () => resolve());
    else resolve();
  });
}

async function serve(): Promise<void> {
  const socketPath = process.env[engineSocketVariable];
  if (!socketPath) {
    throw new PreparationError(
      'not_prepared',
      `${engineSocketVariable} must name the socket of the speech engine.`,
    );
  }
  const { cacheFolder } = readAgentEnvironment();
  const gaps = await checkModels({ cacheFolder });
  if (gaps.length > 0) {
    throw new PreparationError(
      'not_prepared',
      `The speech models are not ready: run "npm start" once to prepare them. ${gaps.join(' ')}`,
    );
  }
  const service = new EngineService(await loadEngine(modelFiles(cacheFolder)));
  if (onWindows) {
    await service.listen(socketPath);
    return;
  }
  // One that was killed leaves its socket behind.
  await rm(socketPath, { force: true });
  process.once('exit', () => rmSync(socketPath, { force: true }));
  await service.listen(socketPath);
  await chmod(socketPath, 0o600);
}

// Without its parent nobody would ever end it.
process.once('disconnect', () => process.exit(0));
process.once('SIGTERM', () => process.exit(0));
// The parent decides when it ends; a Ctrl-C in the terminal may reach both.
process.on('SIGINT', () => undefined);

try {
  await serve();
  await report({ kind: 'ready' });
  setInterval(() => void report({ kind: 'alive' }), heartbeatMs).unref();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  const hopeless = error instanceof PreparationError || error instanceof EnvironmentError;
  await report({ kind: hopeless ? 'hopeless' : 'failed', message });
  process.exit(1);
}
