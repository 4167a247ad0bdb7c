import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { readEnvironment } from '../../server/environment.ts';
import { createApp } from '../../server/http/app.ts';

const port = 4530;

export interface LabServer {
  /** The Lab lies at `/lab` and has the product's own policy; a page with vad-web alone lies at `/peer/`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Builds the page as the product is built, and serves it by the product's own server. */
export async function serveLab(): Promise<LabServer> {
  const pageFolder = await mkdtemp(join(tmpdir(), 'parley-lab-'));
  await build({
    root: fileURLToPath(new URL('../..', import.meta.url)),
    logLevel: 'error',
    build: { outDir: pageFolder, emptyOutDir: true },
  });
  const app = await createApp({ environment: readEnvironment({}), pageFolder });
  const { resolve } = createRequire(import.meta.url);
  const places = ['@ricky0123/vad-web', 'onnxruntime-web'].map((name) => dirname(resolve(name)));
  app.get('/peer/', async (_request, reply) =>
    reply
      .header('content-security-policy', "default-src 'self' 'unsafe-eval'")
      .type('text/html')
      .send('<script src="ort.min.js"></script><script src="bundle.min.js"></script>'),
  );
  app.get<{ Params: { name: string } }>('/peer/:name', async ({ params }, reply) => {
    const name = basename(params.name);
    const [vadWeb = '', onnx = ''] = places;
    const ofPeer = /^(bundle|silero)/.test(name);
    return reply
      .type(name.endsWith('js') ? 'text/javascript' : 'application/octet-stream')
      .send(createReadStream(join(ofPeer ? vadWeb : onnx, name)));
  });
  await app.listen({ port, host: 'localhost' });
  return {
    url: `http://localhost:${port}`,
    async stop() {
      await app.close();
      await rm(pageFolder, { recursive: true, force: true });
    },
  };
}
