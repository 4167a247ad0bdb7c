import { tmpdir } from 'node:os';
import { Room } from '@livekit/rtc-node';
import type { FastifyInstance } from 'fastify';
import { AccessToken, AgentDispatchClient, RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { apiError, tokenResponse } from '#protocol/token.ts';
import type { Environment } from '../environment.ts';
import { runLivekit, type RunningLivekit } from '../testing/livekit.ts';
import { createApp } from './app.ts';

let livekit: RunningLivekit;
let environment: Environment;
let app: FastifyInstance;
let rooms: RoomServiceClient;
let dispatches: AgentDispatchClient;

beforeAll(async () => {
  livekit = await runLivekit({ PARLEY_TOKEN_RATE: '1000' });
  ({ environment } = livekit);
  app = await createApp({ environment, pageFolder: tmpdir() });
  const apiUrl = environment.livekit.url.replace(/^ws/, 'http');
  rooms = new RoomServiceClient(apiUrl, 'devkey', 'secret');
  dispatches = new AgentDispatchClient(apiUrl, 'devkey', 'secret');
}, 300_000);

afterAll(async () => {
  await app.close();
  await livekit.stop();
});

async function tokenFor(wish: object): Promise<string> {
  const response = await app.inject({ method: 'POST', url: '/api/token', payload: wish });
  return tokenResponse.parse(response.json()).participant_token;
}

async function join(token: string): Promise<Room> {
  const room = new Room();
  await room.connect(environment.livekit.url, token);
  onTestFinished(() => room.disconnect());
  return room;
}

interface HandMade {
  readonly room: string;
  readonly identity?: string;
  readonly ttlSeconds?: number;
  readonly secret?: string;
  readonly agent?: boolean;
}

async function handMade(wish: HandMade): Promise<string> {
  const { room, identity = 'by-hand', ttlSeconds = 60, secret = 'secret', agent = false } = wish;
  const token = new AccessToken('devkey', secret, { identity, ttl: ttlSeconds });
  token.addGrant({ roomJoin: true, room, agent });
  if (agent) token.kind = 'agent';
  return token.toJwt();
}

async function askDispatch(token: string | undefined) {
  const response = await app.inject({
    method: 'POST',
    url: '/api/dispatch',
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  const body: unknown = response.json();
  const code = apiError.safeParse(body).data?.error.code;
  return { status: response.statusCode, body, code };
}

describe('a token of this server', () => {
  it('brings the agent by name into its room', async () => {
    const { livekit: settings } = environment;
    const named = { ...environment, livekit: { ...settings, agentName: 'ada-s-agent' } };
    const namedApp = await createApp({ environment: named, pageFolder: tmpdir() });
    onTestFinished(() => namedApp.close());
    const payload = { room_name: 'with-a-name' };
    const response = await namedApp.inject({ method: 'POST', url: '/api/token', payload });
    await join(tokenResponse.parse(response.json()).participant_token);
    await vi.waitFor(async () => {
      const wanted = await dispatches.listDispatch('with-a-name');
      expect(wanted.map(({ agentName }) => agentName)).toContain('ada-s-agent');
    });
  });

  it('lets its bearer into its room', async () => {
    const room = await join(await tokenFor({ room_name: 'mine', participant_identity: 'ada' }));
    expect(room.name).toBe('mine');
    const [participant] = await rooms.listParticipants('mine');
    expect(participant).toMatchObject({ identity: 'ada' });
    expect(participant?.permission).toMatchObject({
      canPublish: true,
      canSubscribe: true,
      canPublishData: true,
      canUpdateMetadata: false,
      hidden: false,
      recorder: false,
    });
  });

  it('is no key to the administration of LiveKit', async () => {
    const token = await tokenFor({ room_name: 'mine' });
    const call = (method: string, body: object) =>
      fetch(
        `${environment.livekit.url.replace(/^ws/, 'http')}/twirp/livekit.RoomService/${method}`,
        {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        },
      );
    for (const [method, body] of [
      ['ListRooms', {}],
      ['CreateRoom', { name: 'another' }],
      ['DeleteRoom', { room: 'mine' }],
      ['ListParticipants', { room: 'mine' }],
      ['RemoveParticipant', { room: 'mine', identity: 'ada' }],
    ] as const) {
      expect((await call(method, body)).status, method).toBeOneOf([401, 403]);
    }
  });
});

describe('LiveKit', () => {
  it.each([
    ['expired', { ttlSeconds: -60 }],
    ['signed with another secret', { secret: 'another-secret' }],
  ])('refuses a token that is %s', async (_case, wish) => {
    const token = await handMade({ room: 'closed', ...wish });
    await expect(new Room().connect(environment.livekit.url, token)).rejects.toThrow();
  });
});

describe('POST /api/dispatch', () => {
  it('asks for an agent when the one that LiveKit sent for has not come', async () => {
    const token = await tokenFor({ room_name: 'waiting' });
    await join(token);
    // LiveKit has just sent for one itself, so a first call changes nothing.
    expect((await askDispatch(token)).body).toEqual({ dispatched: false });
    await vi.waitFor(
      async () => expect((await askDispatch(token)).body).toEqual({ dispatched: true }),
      { timeout: 15_000, interval: 500 },
    );
    expect(await dispatches.listDispatch('waiting')).toHaveLength(2);
    const again = await Promise.all([askDispatch(token), askDispatch(token), askDispatch(token)]);
    expect(again.map(({ body }) => body)).toEqual(Array(3).fill({ dispatched: false }));
    expect(await dispatches.listDispatch('waiting')).toHaveLength(2);
  }, 30_000);

  it('sends for nobody where an agent is', async () => {
    const token = await tokenFor({ room_name: 'attended' });
    await join(token);
    await join(await handMade({ room: 'attended', identity: 'assistant', agent: true }));
    expect(await askDispatch(token)).toMatchObject({ status: 200, body: { dispatched: false } });
  });

  it('wants its bearer to be in the room, and makes no room', async () => {
    const token = await tokenFor({ room_name: 'nowhere' });
    expect(await askDispatch(token)).toMatchObject({ status: 409, code: 'not_in_room' });
    expect(await rooms.listRooms(['nowhere'])).toEqual([]);
  });

  it('takes an expired token from whoever is in the room, and from nobody else', async () => {
    await join(await handMade({ room: 'long-talk', identity: 'ada' }));
    const here = await handMade({ room: 'long-talk', identity: 'ada', ttlSeconds: -60 });
    expect(await askDispatch(here)).toMatchObject({ status: 200 });
    const gone = await handMade({ room: 'long-talk', identity: 'eve', ttlSeconds: -60 });
    expect(await askDispatch(gone)).toMatchObject({ status: 401, code: 'token_expired' });
    const old = await handMade({ room: 'long-talk', identity: 'ada', ttlSeconds: -100_000 });
    expect(await askDispatch(old)).toMatchObject({ status: 401, code: 'token_expired' });
  });

  it('refuses a missing token, a broken one, and one made with other keys', async () => {
    expect(await askDispatch(undefined)).toMatchObject({ status: 401, code: 'unauthorized' });
    expect(await askDispatch('a.b.c')).toMatchObject({ status: 401, code: 'token_invalid' });
    const foreign = await handMade({ room: 'mine', secret: 'another-secret' });
    expect(await askDispatch(foreign)).toMatchObject({ status: 401, code: 'token_invalid' });
  });

  it('refuses a token for no room', async () => {
    const token = new AccessToken('devkey', 'secret', { identity: 'x' });
    token.addGrant({ roomList: true });
    expect(await askDispatch(await token.toJwt())).toMatchObject({ code: 'token_invalid' });
  });
});

describe('GET /api/room', () => {
  const ask = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` };
    const response = await app.inject({ url: '/api/room', headers });
    const body: unknown = response.json();
    return { status: response.statusCode, body, code: apiError.safeParse(body).data?.error.code };
  };

  it('tells the bearer of a token whether that room is full, assistants left out', async () => {
    await rooms.createRoom({ name: 'for-two', maxParticipants: 2 });
    const token = await handMade({ room: 'for-two', identity: 'ada' });
    await join(await handMade({ room: 'for-two', identity: 'assistant', agent: true }));
    await join(await handMade({ room: 'for-two', identity: 'eve' }));
    expect(await ask(token)).toMatchObject({ status: 200, body: { full: false } });
    await join(await handMade({ room: 'for-two', identity: 'bob' }));
    expect(await ask(token)).toMatchObject({ status: 200, body: { full: true } });
  });

  it('finds no room full that has no limit, or is not there, and makes none', async () => {
    await join(await handMade({ room: 'for-all', identity: 'ada' }));
    expect(await ask(await handMade({ room: 'for-all' }))).toMatchObject({ body: { full: false } });
    expect(await ask(await handMade({ room: 'nowhere' }))).toMatchObject({ body: { full: false } });
    expect(await rooms.listRooms(['nowhere'])).toEqual([]);
  });

  it('tells nobody whose token has run out or was made with other keys', async () => {
    const old = await handMade({ room: 'for-all', ttlSeconds: -60 });
    expect(await ask(old)).toMatchObject({ status: 401, code: 'token_expired' });
    const foreign = await handMade({ room: 'for-all', secret: 'another-secret' });
    expect(await ask(foreign)).toMatchObject({ status: 401, code: 'token_invalid' });
  });
});

describe('GET /api/health', () => {
  it('is well while LiveKit answers', async () => {
    const response = await app.inject({ url: '/api/health' });
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({ status: 'ok', livekit: 'ok' });
  });

  it('says when LiveKit refuses the keys', async () => {
    const wrong = { ...environment, livekit: { ...environment.livekit, apiSecret: 'wrong-one' } };
    const other = await createApp({ environment: wrong, pageFolder: tmpdir() });
    onTestFinished(() => other.close());
    const response = await other.inject({ url: '/api/health' });
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ livekit: 'refused' });
  });
});
