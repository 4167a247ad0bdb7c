import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Environment, readEnvironment } from '../environment.ts';
import { obtainLivekit } from '../launcher/livekit-binary.ts';
import { livekitPlan, livekitPorts } from '../launcher/livekit-part.ts';
import { answersHttp } from '../launcher/part.ts';
import { takenPorts } from '../launcher/ports.ts';

export interface RunningLivekit {
  readonly environment: Environment;
  stop(): Promise<void>;
}

/** A real LiveKit server on ports of its own, as the launcher runs it. `more` goes into the environment. */
export async function runLivekit(more: Record<string, string> = {}): Promise<RunningLivekit> {
  const environment = readEnvironment({
    PARLEY_CACHE: process.env.PARLEY_CACHE,
    XDG_CACHE_HOME: process.env.XDG_CACHE_HOME,
    LOCALAPPDATA: process.env.LOCALAPPDATA,
    PARLEY_LIVEKIT_PORT: String(await freePorts()),
    ...more,
  });
  const { signal } = new AbortController();
  const binary = await obtainLivekit(environment.cacheFolder, () => undefined, signal);
  const { program, args, env } = livekitPlan(binary, environment.livekit);
  const child = spawn(program, args, { env, stdio: 'ignore' });
  await answersHttp(`http://127.0.0.1:${environment.livekit.port}`, signal);
  return {
    environment,
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** The first of three free ports in a row. */
async function freePorts(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if ((await takenPorts(livekitPorts(port))).length === 0) return port;
  }
}
