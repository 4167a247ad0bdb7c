import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { Environment } from '../environment.ts';

/** What the page may not use at all, and the few things that it may. */
const permissions = [
  'microphone=(self)',
  'autoplay=(self)',
  'speaker-selection=(self)',
  // For the person who lets the assistant know; the browser asks as well.
  'geolocation=(self)',
  // For the person who lets the assistant see something; the browser asks as well.
  'camera=(self)',
  'display-capture=(self)',
  'midi=()',
  'payment=()',
  'usb=()',
  'serial=()',
  'hid=()',
  'browsing-topics=()',
].join(', ');

/**
 * For workers that compute in WebAssembly: a worker has the policy that its own script came with, so that the pages keep
 * theirs as strict as it is.
 */
export const computingWorkerPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
].join(';');

/** Nothing from any other host runs, shows or plays in the page. */
export async function addSecurityHeaders(app: FastifyInstance, environment: Environment) {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        mediaSrc: ["'self'", 'blob:', 'mediastream:'],
        workerSrc: ["'self'", 'blob:'],
        manifestSrc: ["'self'"],
        connectSrc: connectSources(environment),
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    // Belongs to whatever ends TLS in front of this server, which knows about the neighbouring hosts.
    strictTransportSecurity: false,
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.header('Permissions-Policy', permissions);
  });
}

/**
 * By default the page may reach every LiveKit server, because a person can bring the address and the token of their
 * own. livekit-client opens a socket and, when that fails, asks over HTTP for the reason.
 */
function connectSources({ http, livekit }: Environment): string[] {
  if (http.manualConnect) return ["'self'", 'ws:', 'wss:', 'http:', 'https:'];
  const { origin } = new URL(livekit.publicUrl.replace(/^ws/, 'http'));
  return ["'self'", origin.replace(/^http/, 'ws'), origin];
}
