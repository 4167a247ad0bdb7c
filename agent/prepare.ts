import { EnvironmentError, readAgentEnvironment } from './environment.ts';
import { PreparationError } from './engine/models/preparation-error.ts';
import { checkModels, prepareModels } from './engine/models/prepare.ts';

/** What this program prints: one JSON object a line on standard output. */
export type PrepareLine =
  | { kind: 'progress'; step: string; doneBytes: number; totalBytes: number }
  | { kind: 'notice'; message: string }
  | { kind: 'done' }
  | { kind: 'error'; message: string; detail?: string };

function print(line: PrepareLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function explain(error: unknown): PrepareLine {
  if (error instanceof PreparationError) {
    return { kind: 'error', message: error.message, ...(error.detail && { detail: error.detail }) };
  }
  if (error instanceof EnvironmentError) return { kind: 'error', message: error.message };
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { kind: 'error', message: 'The speech models could not be prepared.', detail };
}

/** `--check` changes nothing; `--verify` hashes every file, even those that look untouched. */
async function main(args: readonly string[]): Promise<void> {
  const { cacheFolder } = readAgentEnvironment();
  const thorough = args.includes('--verify');
  if (args.includes('--check')) {
    const gaps = await checkModels({ cacheFolder, thorough });
    if (gaps.length > 0) throw new PreparationError('not_prepared', gaps.join(' '));
  } else {
    await prepareModels({
      cacheFolder,
      thorough,
      onProgress: (progress) => print({ kind: 'progress', ...progress }),
      onNotice: (message) => print({ kind: 'notice', message }),
    });
  }
  print({ kind: 'done' });
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  print(explain(error));
  process.exitCode = 1;
}
