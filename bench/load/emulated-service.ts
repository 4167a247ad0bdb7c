import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./emulated-openai.ts', import.meta.url));

/** An emulated cloud service in a process of its own, so that what it takes is not taken for the callers'. */
export async function emulatedService(provider: string): Promise<{
  /** What a worker is given to reach it and to have it answer. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}> {
  if (provider !== 'openai') throw new Error('--provider is embedded or openai.');
  const child = fork(program, { execArgv: ['--import', import.meta.resolve('tsx')] });
  const [{ url, apiKey }] = (await once(child, 'message')) as [{ url: string; apiKey: string }];
  return {
    env: { PARLEY_PROVIDER: provider, OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: url },
    stop: async () => {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}
