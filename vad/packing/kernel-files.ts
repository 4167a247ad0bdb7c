import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Names in the folder of the bundles. */
export const kernelFileNames = { wasm: 'silero.wasm', weights: 'silero-v6.2.bin' } as const;

export interface KernelFiles {
  readonly wasm: Uint8Array<ArrayBuffer>;
  readonly weights: Uint8Array<ArrayBuffer>;
}

/** The kernel and its weights: as the build has laid them beside the bundle, or made from their sources. */
export async function kernelFiles(): Promise<KernelFiles> {
  const wasm = join(import.meta.dirname, kernelFileNames.wasm);
  const weights = join(import.meta.dirname, kernelFileNames.weights);
  if (existsSync(wasm) && existsSync(weights)) {
    return {
      wasm: new Uint8Array(await readFile(wasm)),
      weights: new Uint8Array(await readFile(weights)),
    };
  }
  const [{ compiledKernel }, { packedWeights }] = await Promise.all([
    import('./compile-kernel.ts'),
    import('./vite-plugin.ts'),
  ]);
  return { wasm: await compiledKernel(), weights: await packedWeights() };
}
