import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { stack } from '../stack/stack.ts';

/** Its own styles would show at once in anything that they reach. */
const styles = 'p { text-transform: uppercase } button { display: none !important }';

/** A site of somebody else: another origin, with the policy that docs/embed.md names and not one word more. */
export async function openSite(body: string): Promise<{ close(): Promise<void> }> {
  const script = `<script type="module" src="${stack.pageUrl}/embed/parley-assistant.js"></script>`;
  const page = `<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Site</title><link rel="stylesheet" href="/site.css">${script}</head><body>${body}</body></html>`;
  const server = createServer((request, response) => {
    const isStyles = request.url === '/site.css';
    response.writeHead(200, {
      'Content-Type': isStyles ? 'text/css' : 'text/html; charset=utf-8',
      'Content-Security-Policy': `${documentedPolicy()}; style-src 'self'; img-src 'self'`,
    });
    response.end(isStyles ? styles : page);
  });
  await new Promise<void>((resolve) => {
    server.listen(Number(new URL(stack.siteUrl).port), '127.0.0.1', resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What the documentation tells owners of sites to allow, for the addresses of this stack. */
function documentedPolicy(): string {
  const text = readFileSync(join(import.meta.dirname, '../../docs/embed.md'), 'utf8');
  const written = /^ *Content-Security-Policy: (.*)$/m.exec(text)?.[1];
  if (written === undefined) throw new Error('docs/embed.md names no policy any more.');
  return written
    .replaceAll('https://parley.example', stack.pageUrl)
    .replaceAll('wss://livekit.example', stack.livekitUrl)
    .replaceAll('https://livekit.example', stack.livekitUrl.replace('ws', 'http'));
}
