import { defineConfig } from '@playwright/test';
import { closedLibrary } from './e2e/mcp/servers.ts';
import { emulatedEnvironment, ports } from './e2e/providers/control/ports.ts';
import { project } from './e2e/stack/browsers.ts';
import { soundServer } from './e2e/stack/sound-server.ts';
import { inCi, stack } from './e2e/stack/stack.ts';
import { furtherTries } from './e2e/stack/tries.ts';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './e2e/stack/until-agents-are-ready.ts',
  // Two cores carry the browser, the media server and the speech engine: a second worker would only starve all three.
  workers: 1,
  // Speech in real time suffers from whatever else a machine does; what passes only later is reported as flaky.
  retries: inCi ? furtherTries.starved : 0,
  // Where the stack itself is broken, a few failures tell as much as all, and leave time to tell it in.
  maxFailures: inCi ? 10 : 0,
  forbidOnly: inCi,
  reporter: [['list'], ['html', { open: 'never' }]],
  // A turn takes the length of the question, the answer's thinking and its speech.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: stack.pageUrl,
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    // It would answer in place of the server whose failures are tested, and fetch the whole page anew for each test.
    serviceWorkers: 'block',
  },
  projects: [project('firefox'), project('chromium')],
  webServer: [
    {
      command: 'node server/launcher/start.mjs',
      url: `${stack.pageUrl}/api/health`,
      env: { ...stack.env, ...emulatedEnvironment, PARLEY_MCP: closedLibrary() },
      // The first start builds the product and may fetch the models.
      timeout: 600_000,
      reuseExistingServer: !inCi,
      gracefulShutdown: { signal: 'SIGINT', timeout: 15_000 },
      // The launcher keeps its own log file; here it would drown the results.
      stdout: 'ignore',
    },
    {
      // The four cloud services, as far as their protocols go; they use the speech models that the start has fetched.
      command: 'node --import tsx e2e/providers/control/program.ts',
      url: `http://127.0.0.1:${ports.control}/`,
      timeout: 180_000,
      reuseExistingServer: !inCi,
      gracefulShutdown: { signal: 'SIGINT', timeout: 10_000 },
    },
    ...(soundServer?.processes ?? []),
  ],
});
