import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { WorkerHealth } from '#protocol/worker-health.ts';
import type { CloudProvider, ProviderObserver } from '../providers/provider.ts';
import { openai } from '../providers/catalogue/openai.ts';
import { Told } from '../providers/test-call.ts';
import { WorkerState } from './health.ts';
import { reporting, sendReport, takeReports } from './reports.ts';
import { serveStatus, WorkerMetrics } from './status.ts';

const key = 'a-key-for-those-who-measure';

it('tells over HTTP what is wrong with a worker, and counts what providers failed at', async () => {
  const told: WorkerHealth[] = [];
  const state = new WorkerState((health) => told.push(health));
  const metrics = new WorkerMetrics(() => state.health);
  const folder = await mkdtemp(join(tmpdir(), 'parley-reports-'));
  const socket = join(folder, 'reports.sock');
  const reports = await takeReports(socket, (report) => {
    state.provider(report);
    metrics.provider(report);
  });
  const address = { host: '127.0.0.1', port: 0, metricsKey: key };
  const served = await serveStatus(address, () => state.health, metrics);
  onTestFinished(async () => {
    served.close();
    await reports.close();
    await rm(folder, { recursive: true });
  });
  const ask = (path: string, bearer = '') =>
    fetch(`http://127.0.0.1:${served.port}${path}`, { headers: { authorization: bearer } });

  expect((await ask('/health')).status).toBe(503);
  state.engine({ kind: 'ready', pid: 1 });
  state.jobs(true, 2);
  expect((await ask('/health')).status).toBe(200);

  sendReport(socket, { provider: 'openai', problem: 'provider_refused' });
  await vi.waitFor(() => expect(state.health.failingProviders).toHaveLength(1));
  expect(await (await ask('/health')).json()).toMatchObject({
    engine: 'ready',
    registered: true,
    conversations: 2,
    failingProviders: [{ provider: 'openai', code: 'provider_refused' }],
  });
  expect((await ask('/metrics')).status).toBe(401);
  const figures = await (await ask('/metrics', `Bearer ${key}`)).text();
  expect(figures).toContain('parley_providers_failing 1');
  expect(figures).toMatch(/provider_problems_total\{.*"openai",code="provider_refused"\} 1/);

  sendReport(socket, { provider: 'openai' });
  await vi.waitFor(() => expect(state.health.failingProviders).toEqual([]));
  state.jobs(false, 2);
  expect((await ask('/health')).status).toBe(503);
  expect(told.at(-1)).toMatchObject({ registered: false });
});

it('passes on all that a provider tells, and reports when it fails and when it answers', () => {
  let observed: ProviderObserver | undefined;
  const provider: CloudProvider = {
    ...openai,
    connect: (env, settings, observer) => {
      observed = observer;
      return openai.connect(env, settings, observer);
    },
  };
  const reported: unknown[] = [];
  const told = new Told();
  reporting(provider, (report) => reported.push(report)).connect(
    { OPENAI_API_KEY: 'key' },
    { voice: 'marin' },
    told,
  );
  observed?.connection('reconnecting', '');
  observed?.problem('provider_limited', 'Too much.');
  observed?.connection('connected', '');
  observed?.viseme(1, 2);
  expect(told.connections).toEqual(['reconnecting', 'connected']);
  expect(told.problems).toEqual([{ code: 'provider_limited', detail: 'Too much.' }]);
  expect(reported).toEqual([
    { provider: 'openai', problem: 'provider_limited' },
    { provider: 'openai' },
  ]);
});
