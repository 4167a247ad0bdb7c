import { once } from 'node:events';
import { openModels, type ModelSource } from '../../vad/kernel/open-models.ts';
import { kernelFiles } from '../../vad/packing/kernel-files.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { help, readArguments, UsageProblem, type VadArguments } from './arguments.ts';
import { findInFile, standardInput, type FoundInFile } from './find-speech.ts';
import { benchmarkText, isOneDocument, written } from './output.ts';
import { expanded, sizeOf } from './paths.ts';
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
  const { wasm, weights } = await kernelFiles();
  const models = await openModels(wasm, weights.buffer);
  const failed = await findInAll(expanded(chosen.paths), models, chosen);
  if (chosen.watch) return watchOn(chosen, models);
  return failed === 0 ? exitCodes.done : exitCodes.someFailed;
}

/** Returns how many could not be read; each is named with the reason, and the rest go on. */
async function findInAll(
  paths: readonly string[],
  models: ModelSource,
  chosen: VadArguments,
): Promise<number> {
  const { format, benchmark } = chosen;
  const progress = showProgress(paths.reduce((sum, path) => sum + sizeOf(path), 0));
  const found: FoundInFile[] = [];
  for (const path of paths) {
    progress.begin(path);
    try {
      const inFile = await findInFile(path, models, chosen, (count) => progress.add(count));
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

async function watchOn(chosen: VadArguments, models: ModelSource): Promise<ExitCode> {
  let last = Promise.resolve();
  const stop = watchRecordings(
    chosen.paths.filter((path) => path !== standardInput),
    (path) => {
      last = last.then(async () => {
        await findInAll([path], models, chosen);
      });
    },
  );
  process.stderr.write('Watching for recordings; Ctrl-C ends it.\n');
  await once(process, 'SIGINT');
  stop();
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
