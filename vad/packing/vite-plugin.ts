import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';
import { pack } from '../silero/parameters.ts';
import { extractParameters, modelModule } from './pack.ts';

const virtualName = 'virtual:silero-weights';
const fileName = 'assets/silero-v6.2.bin';

/** The packed weights, made from the model file of the package that is installed. */
export async function packedWeights(): Promise<Uint8Array<ArrayBuffer>> {
  const path = createRequire(import.meta.url).resolve(modelModule);
  return pack(extractParameters(await readFile(path)));
}

/** Makes `import url from 'virtual:silero-weights'` the address of the packed weights, in development and in the build. */
export function sileroWeights(): Plugin {
  let serving = false;
  return {
    name: 'parley-silero-weights',
    configResolved({ command }) {
      serving = command === 'serve';
    },
    configureServer(server) {
      server.middlewares.use(`/${fileName}`, (_request, response, next) => {
        packedWeights().then((bytes) => response.end(bytes), next);
      });
    },
    resolveId: (id) => (id === virtualName ? `\0${virtualName}` : undefined),
    async load(id) {
      if (id !== `\0${virtualName}`) return undefined;
      if (serving) return `export default '/${fileName}';`;
      const reference = this.emitFile({
        type: 'asset',
        name: 'silero-v6.2.bin',
        source: await packedWeights(),
      });
      return `export default import.meta.ROLLUP_FILE_URL_${reference};`;
    },
  };
}
