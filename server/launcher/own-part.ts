import { join } from 'node:path';
import type { Environment } from '../environment.ts';
import { saysReady, type PartPlan } from './part.ts';

/** A part of ours: a bundle that lies beside this one and says by itself when it answers. */
export function ownPlan(name: 'server' | 'agent', environment: Environment): PartPlan {
  const bundle = name === 'server' ? 'server.js' : 'worker.js';
  return {
    name,
    program: process.execPath,
    args: ['--enable-source-maps', join(import.meta.dirname, bundle)],
    env: {
      ...process.env,
      LIVEKIT_URL: environment.livekit.url,
      LIVEKIT_PUBLIC_URL: environment.livekit.publicUrl,
      LIVEKIT_API_KEY: environment.livekit.apiKey,
      LIVEKIT_API_SECRET: environment.livekit.apiSecret,
      PARLEY_CACHE: environment.cacheFolder,
      // The log file gets at least this much; what the terminal shows is chosen later.
      LOG_LEVEL: ['trace', 'debug'].includes(environment.logLevel) ? environment.logLevel : 'info',
    },
    ready: saysReady,
  };
}
