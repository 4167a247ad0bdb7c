import { scrubbed, secretsOf } from './secrets.ts';

/**
 * From now on nothing that this process writes to its output or its error output holds a secret of its environment,
 * whoever writes it: libraries put addresses and headers into their errors. Each write is looked at by itself, since
 * loggers write whole lines. Holds for as long as the process.
 */
export function scrubOutput(environment: NodeJS.ProcessEnv = process.env): void {
  const secrets = secretsOf(environment);
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (...all: unknown[]) => boolean;
    stream.write = (chunk: unknown, ...rest: unknown[]) =>
      write(typeof chunk === 'string' ? scrubbed(chunk, secrets) : chunk, ...rest);
  }
}
