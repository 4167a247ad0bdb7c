import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compiledKernel } from './compile-kernel.ts';
import { kernelFileNames } from './kernel-files.ts';
import { packedWeights } from './vite-plugin.ts';

// Run by the build: lays kernel and weights into the folder that it names.
const [, , folder = '.'] = process.argv;
await writeFile(join(folder, kernelFileNames.wasm), await compiledKernel());
await writeFile(join(folder, kernelFileNames.weights), await packedWeights());
