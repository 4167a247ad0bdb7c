import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { projectRoot } from '../root.ts';
import type { Terminal } from './terminal.ts';

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What failed: a line each, and what is known of each try below it. */
  readonly failures: readonly string[];
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

const playwrightTry = z.object({
  errors: z.array(z.object({ message: z.string().optional() })).default([]),
  attachments: z
    .array(z.object({ name: z.string(), contentType: z.string(), body: z.string().optional() }))
    .default([]),
});
type PlaywrightTry = z.infer<typeof playwrightTry>;

/** Suites lie in suites: a file, its descriptions, theirs. */
const playwrightSuite = z.object({
  get suites() {
    return z.array(playwrightSuite).optional();
  },
  specs: z
    .array(
      z.object({
        title: z.string(),
        file: z.string(),
        line: z.number(),
        tests: z.array(
          z.object({
            projectName: z.string(),
            status: z.string(),
            results: z.array(playwrightTry),
          }),
        ),
      }),
    )
    .default([]),
});
type PlaywrightSuite = z.infer<typeof playwrightSuite>;

const playwrightReport = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    skipped: z.number(),
    flaky: z.number(),
  }),
  errors: z.array(z.object({ message: z.string().optional() })).default([]),
  suites: z.array(playwrightSuite).default([]),
});

/** Of the errors of one try of a browser test, and of what it left. */
const mostLines = 10;

/** A file that could not even be loaded counts as one failure. */
export function readVitestReport(json: unknown): Tally {
  const report = vitestReport.parse(json);
  const unloadable = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [
      ...unloadable.map((file) => `${file.name}: ${firstLine(file.message)}`),
      ...report.testResults.flatMap((file) =>
        file.assertionResults
          .filter(({ status }) => status === 'failed')
          .map(
            (test) => `${file.name} › ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`,
          ),
      ),
    ],
  };
}

/** A test that passed on its second try has passed. An error outside of tests counts as one failure. */
export function readPlaywrightReport(json: unknown): Tally {
  const { stats, errors, suites } = playwrightReport.parse(json);
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
    failures: [
      ...errors.map(({ message }) => firstLine(message)),
      ...suites.flatMap((suite) => failedIn(suite)),
    ],
  };
}

function failedIn({ specs, suites = [] }: PlaywrightSuite): string[] {
  return [
    ...specs.flatMap(({ title, file, line, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected')
        .map(({ projectName, results }) =>
          [`[${projectName}] ${file}:${line} › ${title}`, ...results.map(tryOf)].join('\n'),
        ),
    ),
    ...suites.flatMap((suite) => failedIn(suite)),
  ];
}

/** What one try came to grief by, and what it left in words, such as the transcript. */
function tryOf({ errors, attachments }: PlaywrightTry, index: number): string {
  const texts = attachments
    .filter(({ contentType, body }) => contentType === 'text/plain' && body !== undefined)
    .map(({ name, body = '' }) => `${name}: ${Buffer.from(body, 'base64').toString()}`);
  const told = [beginningOf(errors.map(({ message = '' }) => message)), beginningOf(texts)];
  return [`try ${index + 1}`, ...told.flat()].join('\n    ');
}

function beginningOf(texts: readonly string[]): string[] {
  const lines = stripVTControlCharacters(texts.join('\n')).split('\n');
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, mostLines);
}

function firstLine(message = ''): string {
  return message.split('\n', 1)[0] ?? '';
}

interface Runner {
  readonly name: string;
  readonly cli: string;
  readonly args: (reportPath: string) => readonly string[];
  readonly env: (reportPath: string) => NodeJS.ProcessEnv;
  readonly read: (json: unknown) => Tally;
}

const runners: readonly Runner[] = [
  {
    name: 'vitest',
    cli: 'node_modules/vitest/vitest.mjs',
    args: (path) => ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${path}`],
    env: () => ({}),
    read: readVitestReport,
  },
  {
    name: 'playwright',
    cli: 'node_modules/@playwright/test/cli.js',
    args: () => ['test', '--reporter=list,json'],
    env: (path) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: path }),
    read: readPlaywrightReport,
  },
];

/** Runner names for `args`: a file of one runner's tests leaves the other out; otherwise both run. */
export function chooseRunners(args: readonly string[]): readonly string[] {
  const unit = args.some((arg) => /\.test(\.tsx?)?(:\d+)?$/.test(arg));
  const browser = args.some(
    (arg) => /\.spec(\.ts)?(:\d+)?$/.test(arg) || arg.startsWith('--project'),
  );
  if (unit === browser) return ['vitest', 'playwright'];
  return unit ? ['vitest'] : ['playwright'];
}

/**
 * Runs the unit tests, then the browser tests, each to its end. `args` go to those that `chooseRunners` names.
 * Prints one line of sums at last. Resolves to the exit code.
 */
export async function runTests(
  args: readonly string[],
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-tests-'));
  const sums = { passed: 0, failed: 0, skipped: 0 };
  const failures: string[] = [];
  let succeeded = true;
  try {
    const chosen = chooseRunners(args);
    for (const runner of runners.filter(({ name }) => chosen.includes(name))) {
      if (signal.aborted) break;
      terminal.step(`Running ${runner.name}`);
      const reportPath = join(folder, `${runner.name}.json`);
      const code = await runOne(runner, reportPath, args, signal);
      const tally = await readFile(reportPath, 'utf8')
        .then((text) => runner.read(JSON.parse(text)))
        // No report: the runner itself came to grief.
        .catch((): Tally => ({
          passed: 0,
          failed: 1,
          skipped: 0,
          failures: [`${runner.name} left no report`],
        }));
      sums.passed += tally.passed;
      sums.failed += tally.failed;
      sums.skipped += tally.skipped;
      failures.push(...tally.failures);
      succeeded &&= code === 0;
      const isShort = process.env.PARLEY_TEST_DEADLINE !== undefined;
      if (isShort && tally.skipped > tally.passed) {
        failures.push(`${runner.name} left out more than it tried, which shows nothing`);
        succeeded = false;
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  // The one run's failures would else be hundreds of lines above, before the other's results.
  for (const failure of failures) terminal.plain(`Failed: ${failure}`);
  terminal.plain(`${sums.passed} passed, ${sums.failed} failed, ${sums.skipped} skipped`);
  return succeeded && sums.failed === 0 && !signal.aborted ? 0 : 1;
}

async function runOne(
  { cli, args, env }: Runner,
  reportPath: string,
  extra: readonly string[],
  signal: AbortSignal,
): Promise<number | null> {
  const child = spawn(process.execPath, [cli, ...args(reportPath), ...extra], {
    cwd: projectRoot,
    stdio: 'inherit',
    env: { ...process.env, ...env(reportPath) },
  });
  // Ctrl-C reaches it through the terminal; anything else that stops this process is passed on.
  signal.addEventListener('abort', () => child.kill('SIGINT'), { once: true });
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}
