import { EngineClient } from '../../../agent/engine/client.ts';
import { EngineSupervisor } from '../../../agent/engine/supervisor.ts';
import { engineFromSource } from '../../../agent/engine/test-engine.ts';

interface Running {
  readonly supervisor: EngineSupervisor;
  readonly client: EngineClient;
}

/** A way to the speech engine, until it is given back. */
export interface EngineLease {
  readonly client: EngineClient;
  release(): Promise<void>;
}

let running: Promise<Running> | undefined;
let leases = 0;

/** The speech engine of the emulators: one process for all in this one, loaded with the first lease, ended with the last. */
export async function leaseEngine(): Promise<EngineLease> {
  leases += 1;
  const engine = (running ??= start());
  let released = false;
  const release = async () => {
    if (released) return;
    released = true;
    leases -= 1;
    if (leases > 0) return;
    running = undefined;
    const { client, supervisor } = await engine;
    client.close();
    await supervisor.stop();
  };
  try {
    return { client: (await engine).client, release };
  } catch (error) {
    leases -= 1;
    if (running === engine) running = undefined;
    throw error;
  }
}

async function start(): Promise<Running> {
  const supervisor = new EngineSupervisor(engineFromSource);
  await supervisor.start();
  return { supervisor, client: await EngineClient.connect(supervisor.socketPath) };
}
