import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const entry = 'silero.ts';
const packageName = 'assemblyscript';

/** As much of the compiler as is used. Its own types redefine `Array` for whatever program they are part of. */
interface Compiler {
  main(
    args: readonly string[],
    files: {
      /** Null: there is no such file. */
      readFile(name: string): string | null;
      writeFile(name: string, contents: Uint8Array | string): void;
      listFiles(folder: string): string[];
    },
  ): Promise<{ readonly error: Error | null }>;
}

/**
 * The kernel as WebAssembly, compiled from `vad/kernel/assembly`. The compiler takes a second or two, so what it made is
 * kept beside the packages, under a name that tells source and compiler apart.
 */
export async function compiledKernel(): Promise<Uint8Array<ArrayBuffer>> {
  const source = await readFile(
    fileURLToPath(new URL(`../kernel/assembly/${entry}`, import.meta.url)),
    'utf8',
  );
  const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const hash = createHash('sha256').update(source).update(version).digest('hex').slice(0, 16);
  const kept = join(dirname(manifest), '..', '.cache', 'parley', `silero-${hash}.wasm`);
  try {
    return new Uint8Array(await readFile(kept));
  } catch {
    const wasm = await compile(source);
    await mkdir(dirname(kept), { recursive: true });
    // Whole or not at all: others may be compiling the same at this moment.
    await writeFile(`${kept}.${process.pid}`, wasm);
    await rename(`${kept}.${process.pid}`, kept);
    return wasm;
  }
}

/** Throws an `Error` with what the compiler says. */
async function compile(source: string): Promise<Uint8Array<ArrayBuffer>> {
  // Loaded only when there is something to compile: the compiler is large.
  const compiler = [packageName, 'asc'].join('/');
  const { default: asc } = (await import(compiler)) as { readonly default: Compiler };
  const made = new Map<string, Uint8Array<ArrayBuffer>>();
  const { error } = await asc.main(
    [
      entry,
      '--outFile',
      'silero.wasm',
      '-O3',
      '--runtime',
      'stub',
      '--enable',
      'simd',
      '--initialMemory',
      '16',
      '--noAssert',
    ],
    {
      readFile: (name) => (name === entry ? source : null),
      writeFile: (name, contents) => {
        made.set(name, Uint8Array.from(Buffer.from(contents)));
      },
      listFiles: () => [],
    },
  );
  const wasm = made.get('silero.wasm');
  if (!wasm) throw new Error('The kernel cannot be compiled.', { cause: error });
  return wasm;
}
