import { fileURLToPath } from 'node:url';
import { readAgentEnvironment } from '../environment.ts';
import { EngineClient } from './client.ts';
import { prepareModels } from './models/prepare.ts';
import { EngineSupervisor, type EngineSupervisorOptions } from './supervisor.ts';

/** Preparing the models may mean a download; starting the engine takes two seconds on an idle machine. */
export const engineTestTimeoutMs = 600_000;

export interface TestEngine {
  readonly supervisor: EngineSupervisor;
  readonly client: EngineClient;
  release(): Promise<void>;
}

/** How a supervisor starts the engine from its source. */
export const engineFromSource: EngineSupervisorOptions = {
  modulePath: fileURLToPath(new URL('process.ts', import.meta.url)),
  execArgv: ['--import', import.meta.resolve('tsx')],
};

/** The real engine for a test, with the models of the cache folder, which are prepared if they are missing. */
export async function startTestEngine(): Promise<TestEngine> {
  await prepareModels({ cacheFolder: readAgentEnvironment().cacheFolder });
  const supervisor = new EngineSupervisor(engineFromSource);
  await supervisor.start();
  const client = await EngineClient.connect(supervisor.socketPath);
  return {
    supervisor,
    client,
    release: async () => {
      client.close();
      await supervisor.stop();
    },
  };
}
