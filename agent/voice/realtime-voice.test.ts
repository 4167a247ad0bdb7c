import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { initializeLogger } from '@livekit/agents';
import { afterEach, describe, expect, it } from 'vitest';
import { openai } from '../providers/catalogue/openai.ts';
import type { ProviderObserver } from '../providers/provider.ts';
import { RealtimeVoice } from './realtime-voice.ts';

initializeLogger({ pretty: false, level: 'silent' });

const patienceMs = 1000;
const releases: (() => unknown)[] = [];
afterEach(async () => {
  for (const release of releases.splice(0)) await release();
});

/** A voice of OpenAI at this address, and what it told the conversation. */
function voiceAt(baseUrl: string): { voice: RealtimeVoice; told: string[] } {
  const told: string[] = [];
  const observer: ProviderObserver = {
    connection: (state) => told.push(state),
    problem: (code) => told.push(code),
    viseme: () => undefined,
    approve: () => Promise.resolve(false),
    toolStarted: () => undefined,
    toolFinished: () => undefined,
  };
  const env = { OPENAI_API_KEY: 'key', OPENAI_BASE_URL: baseUrl };
  const voice = new RealtimeVoice(openai, env, { provider: 'openai' }, observer);
  releases.push(() => voice.close());
  return { voice, told };
}

async function serverThatRefuses(): Promise<string> {
  const server = createServer();
  server.on('upgrade', (request, socket) => {
    socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n');
    request.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  releases.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

describe('a cloud service that cannot be had', () => {
  it('is refused at once where its key is wrong, however patient one is', async () => {
    const { voice } = voiceAt(await serverThatRefuses());
    expect(await voice.opened(60_000)).toMatchObject({ code: 'provider_refused' });
  });

  it('is given up where nobody answers, with the likely reason', async () => {
    const { voice } = voiceAt('http://127.0.0.1:9/v1');
    const loss = await voice.opened(patienceMs);
    expect(loss?.code).toBe('provider_unreachable');
    expect(loss?.detail).toMatch(/ECONNREFUSED/);
  });

  it('tells whoever waits that it is lost, and nothing to the conversation while it was only tried', async () => {
    const { voice, told } = voiceAt('http://127.0.0.1:9/v1');
    const lost = voice.lost();
    await voice.opened(100);
    expect((await lost).code).toBe('provider_unreachable');
    expect(told).toEqual([]);
  });
});
