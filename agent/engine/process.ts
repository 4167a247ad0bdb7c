import { chmod, rm } from 'node:fs/promises';
import { readAgentEnvironment } from '../environment.ts';
import { loadEngine } from './engine.ts';
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

async function serve(): Promise<EngineService> {
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
  if (!onWindows) await rm(socketPath, { force: true });
  await service.listen(socketPath);
  if (!onWindows) await chmod(socketPath, 0o600);
  return service;
}

// Without its parent nobody would ever end it.
process.once('disconnect', () => process.exit(0));
// The parent decides when it ends; a Ctrl-C in the terminal reaches both.
process.on('SIGINT', () => undefined);

try {
  const service = await serve();
  process.once('SIGTERM', () => {
    service.close();
    process.exit(0);
  });
  await report({ kind: 'ready' });
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  await report({ kind: 'failed', message });
  process.exit(1);
}
