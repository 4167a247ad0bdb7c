import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { AccessToken } from 'livekit-server-sdk';
import { expect, it, onTestFinished } from 'vitest';
import { tokenResponse } from '#protocol/token.ts';
import { projectRoot } from '../root.ts';

const secrets = {
  LIVEKIT_API_SECRET: 'livekit-secret-of-this-very-test',
  PARLEY_TOKEN_SECRET: 'token-secret-of-this-very-test',
  PARLEY_METRICS_KEY: 'metrics-key-of-this-very-test',
  OPENAI_API_KEY: 'sk-key-of-this-very-test',
};
const conversation = 'c7a3bb58-0bd9-4b7c-a2a6-8b44f5b6f4a1';

/** The server as it is run, at its most talkative. */
async function startServer() {
  const port = await freePort();
  const child = spawn(process.execPath, ['--import', 'tsx', join('server', 'main.ts')], {
    cwd: projectRoot,
    env: {
      ...process.env,
      ...secrets,
      LIVEKIT_URL: 'ws://localhost:1',
      LIVEKIT_API_KEY: 'key-of-this-test',
      PORT: String(port),
      LOG_LEVEL: 'trace',
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (written += text));
  }
  await once(child, 'message');
  return {
    url: `http://localhost:${port}`,
    /** Everything that it has written, once it has ended. */
    written: async () => {
      child.kill('SIGINT');
      await once(child, 'close');
      return written;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

it('writes no secret into its log, whatever is asked of it, and the conversation into each line', async () => {
  const server = await startServer();
  const call = (path: string, bearer: string, body?: object) =>
    fetch(`${server.url}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  const given = await call('/api/token', secrets.PARLEY_TOKEN_SECRET, {
    participant_attributes: { 'parley.conversation': conversation },
  });
  expect(given.status).toBe(201);
  const roomToken = tokenResponse.parse(await given.json()).participant_token;
  const forged = await new AccessToken('key-of-this-test', 'another').toJwt();

  // Refused, failing and absurd requests write most.
  await call(`/api/dispatch?access_token=${roomToken}`, roomToken, {});
  await call('/api/dispatch', forged, {});
  await call('/api/token', `wrong-${secrets.OPENAI_API_KEY}`, {});
  await call('/api/token', secrets.PARLEY_TOKEN_SECRET, {
    room_name: 7,
    key: secrets.OPENAI_API_KEY,
  });
  await call(`/metrics?key=${secrets.PARLEY_METRICS_KEY}`, secrets.PARLEY_METRICS_KEY);
  await call(`/nothing/${secrets.OPENAI_API_KEY}?token=${roomToken}`, roomToken);
  await call('/api/health', secrets.LIVEKIT_API_SECRET);

  const log = await server.written();
  expect(log).toContain('"/api/dispatch"');
  for (const secret of [...Object.values(secrets), roomToken, forged]) {
    expect(log).not.toContain(secret);
  }
  const lines = log
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const about = lines.filter((line) => line['conversation'] === conversation);
  const requests = new Set(about.map((line) => line['reqId']));
  // The one that made the token, and the one that it was the bearer of.
  expect(requests.size).toBe(2);
  for (const request of requests) {
    const last = lines.findLast((line) => line['reqId'] === request);
    expect(last).toMatchObject({ msg: 'request completed', conversation });
  }
}, 30_000);
