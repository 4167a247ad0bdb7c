// Lays a .br and a .gz beside every text file of the built page, so that the server sends it small at no cost.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const textFile = /\.(js|css|html|svg|json|txt|webmanifest)$/;
/** Below this many bytes the headers weigh more than what is saved. */
const worthwhileBytes = 1024;

export function compressFolder(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { recursive: true })) {
    const path = join(folder, entry);
    if (!textFile.test(path) || statSync(path).size < worthwhileBytes) continue;
    const content = readFileSync(path);
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
    writeFileSync(`${path}.br`, brotliCompressSync(content, quality));
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  }
}
