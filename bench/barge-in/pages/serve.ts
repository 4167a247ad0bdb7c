import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const port = 4510;

export interface BenchPages {
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves the benchmark's own pages, each at its name and with one button. */
export async function servePages(
  names: readonly string[],
  scripts: readonly string[] = [],
): Promise<BenchPages> {
  const bundles = new Map<string, string>();
  for (const name of [...names, ...scripts]) bundles.set(`/${name}.js`, await bundle(name));
  const server = createServer(({ url = '' }, response) => {
    const path = new URL(url, 'http://localhost').pathname;
    const script = bundles.get(path);
    if (script !== undefined) {
      response.setHeader('content-type', 'text/javascript').end(script);
    } else if (names.includes(path.slice(1))) {
      const html = `<!doctype html><title>-</title><button>Start</button><script src="${path}.js"></script>`;
      response.setHeader('content-type', 'text/html').end(html);
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  return {
    url: `http://localhost:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bundle(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`${name}.ts`, import.meta.url))],
    bundle: true,
    format: 'iife',
    target: 'es2022',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
