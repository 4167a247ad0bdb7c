import { EnvironmentError, loadDotenvFile, readEnvironment } from '../environment.ts';
import { PlainFailure } from './plain-failure.ts';
import { Session } from './session.ts';
import { startAgent, startAll, startServer } from './start.ts';
import { Terminal } from './terminal.ts';

const commands = ['start', 'server', 'agent', 'doctor', 'setup', 'test'] as const;
type Command = (typeof commands)[number];

const terminal = new Terminal();
const stopping = new AbortController();

try {
  process.exitCode = await run(process.argv[2] ?? 'start', process.argv.slice(3));
} catch (error) {
  process.exitCode = explain(error);
}
// Nothing that hangs on by mistake keeps the terminal waiting.
process.exit();

async function run(command: string, args: readonly string[]): Promise<number> {
  if (!isCommand(command)) {
    throw new PlainFailure(`There is no command "${command}". There are: ${commands.join(', ')}.`);
  }
  // A developer's own settings shall not lead the tests to another server or to a paid model.
  if (command !== 'test') loadDotenvFile();
  const environment = readEnvironment(process.env);
  listenForStop();
  switch (command) {
    // Loaded only when asked for: these reach for packages that a start does without.
    case 'doctor':
      return (await import('./doctor.ts')).diagnose(environment, terminal);
    case 'setup':
      await (await import('./set-up.ts')).setUp(environment, terminal, stopping.signal);
      return 0;
    case 'test':
      await (await import('./set-up.ts')).setUp(environment, terminal, stopping.signal);
      return (await import('./test-run.ts')).runTests(args, terminal, stopping.signal);
    default:
      return untilStopped(command, new Session(environment, terminal));
  }
}

/** Runs until the person stops it: 0 then, or when it never got so far, whatever is thrown. */
async function untilStopped(
  command: 'start' | 'server' | 'agent',
  session: Session,
): Promise<number> {
  const { signal } = stopping;
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const startedAtMs = performance.now();
  const begin = { start: startAll, server: startServer, agent: startAgent }[command];
  try {
    await Promise.race([begin(session, signal), stopped]);
    if (!signal.aborted) {
      const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
      terminal.success(`Everything runs, after ${seconds} s`);
      await stopped;
    }
    terminal.step('Stopping');
  } finally {
    await session.close();
  }
  return 0;
}

function listenForStop(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // Asked twice: leave now. The watchdog ends what is left.
      if (stopping.signal.aborted) process.exit(130);
      stopping.abort();
    });
  }
}

function explain(error: unknown): number {
  if (stopping.signal.aborted) return 130;
  if (error instanceof EnvironmentError) error.sentences.forEach((text) => terminal.fail(text));
  else if (error instanceof PlainFailure) terminal.fail(error.message);
  else terminal.fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}

function isCommand(text: string): text is Command {
  return (commands as readonly string[]).includes(text);
}
