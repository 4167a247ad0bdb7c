import { createServer } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { sileroWeights } from '../../vad/packing/vite-plugin.ts';

const port = 4520;
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** What was loaded since the last time it was asked for, in bytes. */
export interface Loaded {
  readonly bytes: number;
  readonly gzipped: number;
}

export interface InPageServer {
  readonly url: string;
  loaded(): Loaded;
  stop(): Promise<void>;
}

/** Builds the page as the product is built, and serves it with vad-web's files at `/vad-web/`. */
export async function serveInPage(): Promise<InPageServer> {
  const built = await mkdtemp(join(tmpdir(), 'parley-in-page-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('page', import.meta.url)),
    plugins: [sileroWeights()],
    worker: { format: 'es' },
    build: { outDir: built, emptyOutDir: true, assetsInlineLimit: 0 },
  });
  const { resolve } = createRequire(import.meta.url);
  const folders = ['@ricky0123/vad-web', 'onnxruntime-web'].map((name) => dirname(resolve(name)));
  const sizes = new Map<string, Loaded>();
  const server = createServer(({ url = '' }, response) => {
    const path = normalize(new URL(url, 'http://localhost').pathname);
    const name = path === '/' ? 'index.html' : path.slice(1);
    const places = name.startsWith('vad-web/')
      ? folders.map((folder) => join(folder, name.slice('vad-web/'.length)))
      : [join(built, name)];
    void firstOf(places).then((content) => {
      if (!content) {
        response.writeHead(404).end();
        return;
      }
      sizes.set(name, { bytes: content.length, gzipped: gzipSync(content).length });
      response.setHeader('content-type', types[extname(name)] ?? 'application/octet-stream');
      response.end(content);
    });
  });
  await new Promise<void>((listening) => server.listen(port, 'localhost', listening));
  return {
    url: `http://localhost:${port}`,
    loaded() {
      const all = [...sizes.values()];
      sizes.clear();
      return {
        bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
        gzipped: all.reduce((sum, { gzipped }) => sum + gzipped, 0),
      };
    },
    async stop() {
      await new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      });
      await rm(built, { recursive: true, force: true });
    },
  };
}

async function firstOf(paths: readonly string[]): Promise<Buffer | undefined> {
  for (const path of paths) {
    const content = await readFile(path).catch(() => undefined);
    if (content) return content;
  }
  return undefined;
}
