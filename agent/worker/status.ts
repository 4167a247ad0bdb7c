import { timingSafeEqual, createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { WorkerHealth } from '#protocol/worker-health.ts';
import type { ProviderReport } from './reports.ts';

export interface StatusAddress {
  readonly host: string;
  readonly port: number;
  /** Opens `/metrics`; without it there is no such place. */
  readonly metricsKey: string | undefined;
}

/** What a worker counts. */
export class WorkerMetrics {
  readonly register = new Registry();
  readonly #engineStarts: Counter;
  readonly #problems: Counter;

  constructor(health: () => WorkerHealth) {
    const registers = [this.register];
    collectDefaultMetrics({ register: this.register });
    this.#engineStarts = new Counter({
      name: 'parley_engine_starts_total',
      help: 'How often the speech engine was started.',
      registers,
    });
    this.#problems = new Counter({
      name: 'parley_provider_problems_total',
      help: 'What providers failed at, by code.',
      labelNames: ['provider', 'code'],
      registers,
    });
    const gauge = (name: string, help: string, value: (now: WorkerHealth) => number): void => {
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(value(health()));
        },
      });
    };
    gauge('parley_engine_ready', '1 while the speech engine answers.', ({ engine }) =>
      engine === 'ready' ? 1 : 0,
    );
    gauge('parley_worker_registered', '1 while LiveKit knows this worker.', ({ registered }) =>
      registered ? 1 : 0,
    );
    gauge('parley_conversations', 'Conversations now.', ({ conversations }) => conversations);
    gauge(
      'parley_providers_failing',
      'Providers that are configured and yet fail.',
      ({ failingProviders }) => failingProviders.length,
    );
  }

  engineStarted(): void {
    this.#engineStarts.inc();
  }

  provider({ provider, problem }: ProviderReport): void {
    if (problem !== undefined) this.#problems.inc({ provider, code: problem });
  }
}

/** `/health`: 200 where the worker can take conversations, else 503. `/metrics` for Prometheus. */
export async function serveStatus(
  { host, port, metricsKey }: StatusAddress,
  health: () => WorkerHealth,
  { register }: WorkerMetrics,
): Promise<{ readonly port: number; close(): void }> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (path === '/health') {
      const now = health();
      const well = now.engine === 'ready' && now.registered;
      response.writeHead(well ? 200 : 503, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(now));
    } else if (path === '/metrics' && metricsKey !== undefined) {
      if (!carries(request, metricsKey)) {
        response.writeHead(401).end();
        return;
      }
      void register.metrics().then((text) => {
        response.writeHead(200, { 'Content-Type': register.contentType }).end(text);
      });
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Hashed first, so that neither content nor length shows in the time it takes. */
function carries({ headers }: IncomingMessage, key: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${key}`));
}
