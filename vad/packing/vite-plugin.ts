import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';
import { pack } from '../silero/parameters.ts';
import { compiledKernel } from './compile-kernel.ts';
import { extractParameters, modelModule } from './pack.ts';

interface Made {
  readonly file: string;
  readonly make: () => Promise<Uint8Array<ArrayBuffer>>;
}

/** What the page fetches and no file in the source tree holds, by the name that it is imported under. */
const made: Readonly<Record<string, Made>> = {
  'virtual:silero-weights': { file: 'silero-v6.2.bin', make: packedWeights },
  'virtual:silero-kernel': { file: 'silero-kernel.wasm', make: compiledKernel },
};

/** The packed weights, made from the model file of the package that is installed. */
export async function packedWeights(): Promise<Uint8Array<ArrayBuffer>> {
  const path = createRequire(import.meta.url).resolve(modelModule);
  return pack(extractParameters(await readFile(path)));
}

/**
 * Makes `import url from 'virtual:silero-weights'` the address of the packed weights and `'virtual:silero-kernel'` that of
 * the kernel, in development and in the build.
 */
export function sileroWeights(): Plugin {
  let serving = false;
  return {
    name: 'parley-silero-weights',
    configResolved({ command }) {
      serving = command === 'serve';
    },
    configureServer(server) {
      for (const { file, make } of Object.values(made)) {
        server.middlewares.use(`/assets/${file}`, (_request, response, next) => {
          make().then((bytes) => response.end(bytes), next);
        });
      }
    },
    resolveId: (id) => (id in made ? `\0${id}` : undefined),
    async load(id) {
      const found = made[id.replace('\0', '')];
      if (!found || !id.startsWith('\0')) return undefined;
      if (serving) return `export default '/assets/${found.file}';`;
      const reference = this.emitFile({
        type: 'asset',
        name: found.file,
        source: await found.make(),
      });
      return `export default import.meta.ROLLUP_FILE_URL_${reference};`;
    },
  };
}
