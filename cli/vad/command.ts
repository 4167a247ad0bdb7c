import { once } from 'node:events';
import { openModels, type ModelSource } from '../../vad/kernel/open-models.ts';
import { kernelFiles } from '../../vad/packing/kernel-files.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { help, readArguments, UsageProblem, type VadArguments } from './arguments.ts';
import { findInFile, standardInput, type FoundInFile } from './find-speech.ts';
import { benchmarkText, isOneDocument, written } from './output.ts';
import { namesOf, recordingsAt, sizeOf } from './paths.ts';
import { showProgress } from './progress.ts';
import { watchRecordings } from './watching.ts';

/** `parley vad`: results on standard output, everything else on standard error. */
export async function runVad(args: readonly string[]): Promise<ExitCode> {
  let chosen: VadArguments | undefined;
  try {
    chosen = readArguments(args);
  } catch (error) {
    if (!(error instanceof UsageProblem)) throw error;
    process.stderr.write(`${error.message}\n`);
    return exitCodes.usage;
  }
  if (!chosen) {
    process.stdout.write(help);
    return exitCodes.done;
  }
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    process.exit(code === 'EPIPE' ? exitCodes.unread : exitCodes.someFailed);
  });
  const { wasm, weights } = await kernelFiles();
  const models = await openModels(wasm, weights.buffer);
  const { recordings, failed } = expanded(chosen);
  const failedInside = await findInAll(recordings, models, chosen);
  if (chosen.watch) return watchOn(chosen, recordings, models);
  return failed + failedInside === 0 ? exitCodes.done : exitCodes.someFailed;
}

/** What the paths stand for; folders that hold nothing are named, and counted as failed, unless something may still come. */
function expanded({ paths, watch }: VadArguments): { recordings: string[]; failed: number } {
  const recordings: string[] = [];
  let failed = 0;
  for (const path of paths) {
    try {
      const found = recordingsAt(path);
      if (found.length === 0 && !watch) throw new Error('There is no recording in this folder.');
      recordings.push(...found);
    } catch (error) {
      failed += 1;
      process.stderr.write(`${path}: ${reasonOf(error)}\n`);
    }
  }
  return { recordings, failed };
}

/** Returns how many could not be read; each is named with the reason, and the rest go on. */
async function findInAll(
  paths: readonly string[],
  models: ModelSource,
  chosen: VadArguments,
): Promise<number> {
  const { format, benchmark } = chosen;
  const progress = showProgress(paths.reduce((sum, path) => sum + sizeOf(path), 0));
  const nameOf = namesOf(paths);
  const found: FoundInFile[] = [];
  for (const path of paths) {
    progress.begin(path);
    try {
      const onBytes = (count: number) => progress.add(count);
      const heard = await findInFile(path, models, chosen, onBytes);
      const inFile = { ...heard, name: path === standardInput ? 'standard input' : nameOf(path) };
      found.push(inFile);
      progress.around(() => {
        if (inFile.note !== undefined) process.stderr.write(`${path}: ${inFile.note}\n`);
        if (!isOneDocument(format)) process.stdout.write(written(format, [inFile]));
      });
    } catch (error) {
      progress.around(() => process.stderr.write(`${path}: ${reasonOf(error)}\n`));
    }
  }
  progress.end();
  if (isOneDocument(format)) process.stdout.write(written(format, found));
  if (benchmark) process.stderr.write(benchmarkText(found, models.kind));
  return paths.length - found.length;
}

async function watchOn(
  { paths, ...chosen }: VadArguments,
  heard: readonly string[],
  models: ModelSource,
): Promise<ExitCode> {
  let last = Promise.resolve();
  const stopped = once(process, 'SIGINT');
  const stop = await watchRecordings({
    paths: paths.filter((path) => path !== standardInput),
    known: new Set(heard.filter((path) => sizeOf(path) > 0)),
    onRecording: (path) => {
      last = last.then(async () => {
        await findInAll([path], models, { paths, ...chosen });
      });
    },
    onProblem: (error) => process.stderr.write(`${reasonOf(error)}\n`),
  });
  process.stderr.write('Watching for recordings; Ctrl-C ends it.\n');
  await stopped;
  await stop();
  await last;
  return exitCodes.interrupted;
}

function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'There is no such file.';
  if (code === 'EACCES') return 'This file may not be read.';
  if (code === 'EISDIR') return 'This is a folder.';
  return error instanceof Error ? error.message : String(error);
}
