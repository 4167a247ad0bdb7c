import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiFailure } from './failure.ts';
import { computingWorkerPolicy } from './security-headers.ts';

/** The Lab's worker, plain or compressed. */
const computingWorker = /recording\.worker-[\w-]+\.js(\.\w+)?$/;

/** Serves the built page from `folder`. The build may come, or be replaced, while the server runs. */
export async function addPages(app: FastifyInstance, folder: string): Promise<void> {
  const hashed = [['assets'], ['embed', 'assets']].map((way) => join(folder, ...way) + sep);
  await app.register(fastifyStatic, {
    root: folder,
    cacheControl: false,
    preCompressed: true,
    dotfiles: 'ignore',
    // The folder is allowed to be missing until the page is built.
    list: false,
    setHeaders: (response, path) => {
      // Names in there hold a hash of the content; everything else keeps its name when it changes.
      const isHashed = hashed.some((way) => path.startsWith(way));
      const keep = isHashed ? 'public, max-age=31536000, immutable' : 'no-cache';
      response.setHeader('Cache-Control', keep);
      if (computingWorker.test(path)) {
        response.setHeader('Content-Security-Policy', computingWorkerPolicy);
      }
      // A file may lie here compressed as well, and caches on the way have to keep the two apart.
      response.setHeader('Vary', 'Accept-Encoding');
    },
  });
  app.setNotFoundHandler(async (request, reply) => {
    if (!isNavigation(request)) {
      throw new ApiFailure(404, 'not_found', `There is nothing at ${request.url.split('?')[0]}.`);
    }
    const page = pageAt(request.url);
    if (!existsSync(join(folder, page))) {
      throw new ApiFailure(404, 'page_not_built', 'The page is not built yet: run npm run build.');
    }
    return reply.sendFile(page);
  });
}

/** The Lab is a page of its own; every other place is one in the app. */
function pageAt(url: string): string {
  return /^\/lab\/?(\?|$)/.test(url) ? 'lab.html' : 'index.html';
}

/** Whether a browser asks for a place in the app rather than for a file. */
function isNavigation({ method, url, headers }: FastifyRequest): boolean {
  const path = url.split('?')[0] ?? '';
  return (
    (method === 'GET' || method === 'HEAD') &&
    (headers.accept ?? '').includes('text/html') &&
    !path.startsWith('/api/') &&
    !/^(\/embed)?\/assets\//.test(path) &&
    !/\.\w+$/.test(path)
  );
}
