import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { llm } from '@livekit/agents';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ApprovalRequest } from '#protocol/approval.ts';
import type { McpServerConfig } from './config.ts';
import { connectMcp, type McpTools } from './mcp.ts';
import type { McpServerState } from './server.ts';
import { HttpMcpServer } from './testing/http-server.ts';

const workshop = fileURLToPath(new URL('./testing/stdio-server.ts', import.meta.url));
const secret = 'workshop-secret-1234';
const timings = {
  connectMs: 15_000,
  idleMs: 200,
  pongMs: 400,
  retryFirstMs: 50,
  retryMostMs: 200,
  approvalMs: 300,
};

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

function child(settings: Partial<McpServerConfig> = {}, script = workshop): McpServerConfig {
  return {
    name: 'workshop',
    reach: {
      kind: 'stdio',
      command: process.execPath,
      args: ['--import', import.meta.resolve('tsx'), script],
      env: { WORKSHOP_TOKEN: secret },
      cwd: undefined,
    },
    allow: ['*'],
    approval: 'never',
    timeoutMs: 10_000,
    secrets: [secret],
    ...settings,
  };
}

function office(url: string, settings: Partial<McpServerConfig> = {}): McpServerConfig {
  const headers = { authorization: 'Bearer office' };
  return {
    ...child(settings),
    name: 'office',
    reach: { kind: 'http', url: new URL(url), headers },
    secrets: [],
  };
}

class Conversation {
  readonly tools: McpTools;
  readonly asked: ApprovalRequest[] = [];
  readonly states: McpServerState[] = [];
  readonly logged: string[] = [];
  answer: () => Promise<'once' | 'conversation' | 'no'> = () => Promise.resolve('no');

  constructor(servers: McpServerConfig[], own: Partial<typeof timings> = {}) {
    const keep = (fields: object, message: string): void => {
      this.logged.push(`${message} ${JSON.stringify(fields)}`);
    };
    this.tools = connectMcp(
      { servers, problems: ['parley.json: no.'] },
      {
        approve: (request) => {
          this.asked.push(request);
          return this.answer();
        },
        log: { info: keep, warn: keep, error: keep },
        onState: (state) => this.states.push(state),
        timings: { ...timings, ...own },
      },
    );
    open.push(() => this.tools.close());
  }

  get names(): string[] {
    return Object.keys(this.#context().functionTools);
  }

  call(name: string, input: object = {}, signal = new AbortController().signal): Promise<unknown> {
    return this.hold(name)(input, signal);
  }

  /** The tool as a provider holds it, also when it is offered no more. */
  hold(name: string): (input?: object, signal?: AbortSignal) => Promise<unknown> {
    const tool = this.#context().getFunctionTool(name);
    if (!tool) throw new Error(`${name} is not offered; there are ${this.names.join(', ')}.`);
    return (input = {}, abortSignal = new AbortController().signal) =>
      // Only a session has a run context, and these tools do not look at it.
      tool.execute(input, { toolCallId: 'call-1', abortSignal } as llm.ToolOptions);
  }

  /** Resolves when the tool can be called and answers this. */
  untilCalled(name: string, input: object, answer: string): Promise<void> {
    return vi.waitFor(async () => expect(await this.call(name, input)).toBe(answer), {
      timeout: 15_000,
      interval: 20,
    });
  }

  /** Resolves when the list of tools has changed to one that fits. */
  until(fits: (names: string[]) => boolean): Promise<void> {
    return vi.waitFor(() => expect(fits(this.names)).toBe(true), { timeout: 15_000, interval: 20 });
  }

  #context(): llm.ToolContext {
    return new llm.ToolContext(this.tools.tools());
  }
}

async function pidOf(conversation: Conversation, tool = 'workshop__pid'): Promise<number> {
  return Number(await conversation.call(tool));
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function untilDead(pid: number): Promise<void> {
  await vi.waitFor(() => expect(lives(pid)).toBe(false), { timeout: 5000, interval: 20 });
}

describe('a server that is a child process', () => {
  it('offers what is allowed and nothing else, under names and schemas that a provider takes', async () => {
    const conversation = new Conversation([child({ allow: ['add', 'missing'] })]);
    expect(conversation.names).toEqual([]);
    await conversation.tools.settled;
    expect(conversation.names).toEqual(['workshop__add']);
    expect(await conversation.call('workshop__add', { a: 2, b: 3 })).toBe('5');
    expect(conversation.tools.titleOf('workshop__add')).toBe('Add up (workshop)');
    expect(conversation.tools.titleOf('tell_time')).toBeUndefined();
    expect(conversation.states).toEqual([
      {
        server: 'workshop',
        state: 'connected',
        detail: expect.stringMatching(/^1 of its \d+/) as string,
      },
    ]);
    expect(conversation.logged.join('\n')).toContain('"unknown":["missing"]');
  });

  it('offers nothing where nothing is allowed, and says what could be', async () => {
    const conversation = new Conversation([child({ allow: [] })]);
    await conversation.tools.settled;
    expect(conversation.names).toEqual([]);
    expect(conversation.logged.join('\n')).toMatch(/"offered":\["add",/);
  });

  it('is given its own environment and none of ours', async () => {
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'ours');
    const conversation = new Conversation([child()]);
    await conversation.tools.settled;
    const names = String(await conversation.call('workshop__environment')).split(' ');
    vi.unstubAllEnvs();
    expect(names).toEqual(expect.arrayContaining(['PATH', 'WORKSHOP_TOKEN']));
    expect(names.filter((name) => !['PATH', 'HOME', 'WORKSHOP_TOKEN'].includes(name))).toEqual([]);
  });

  it('has its answers made into text, and its errors into errors for the model', async () => {
    const conversation = new Conversation([child()]);
    await conversation.tools.settled;
    expect(await conversation.call('workshop__everything')).toBe(
      [
        'Here you are.',
        '[image, image/png, 3 kB: it cannot be shown here]',
        '[file:///notes.txt]',
        'buy milk',
        '[map: https://example.org/map] The way.',
        '{"found":3}',
      ].join('\n'),
    );
    expect(await conversation.call('workshop__flood')).toMatch(/^x{12000}\n\[cut here: 38000 more/);
    const failed = conversation.call('workshop__fail');
    await expect(failed).rejects.toBeInstanceOf(llm.ToolError);
    await expect(failed).rejects.toThrow('There is no such drawer.');
    const body = JSON.stringify({ colour: 'red', sizes: [1, 2] });
    expect(await conversation.call('workshop__post', { body, note: '[1]' })).toBe(body);
  });

  it('is started again when it dies; meanwhile only its tools cannot be called', async () => {
    const other = await HttpMcpServer.listen();
    open.push(() => other.stop());
    const conversation = new Conversation([child(), office(other.url)]);
    await conversation.tools.settled;
    const lists: string[][] = [];
    conversation.tools.onChange(() => lists.push(conversation.names));

    await expect(conversation.call('workshop__die')).rejects.toThrow(/The tool failed: it ended/);
    await expect(conversation.call('workshop__add')).rejects.toThrow(/cannot be reached/);
    expect(await conversation.call('office__greet')).toBe('hello');
    await conversation.untilCalled('workshop__add', { a: 1, b: 1 }, '2');
    expect(lists).toEqual([]);
    const workshopStates = conversation.states.filter(({ server }) => server === 'workshop');
    expect(workshopStates.map(({ state }) => state)).toEqual(['connected', 'lost', 'connected']);
    expect(conversation.logged.join('\n')).toContain('the token was •••');
    expect(conversation.logged.join('\n')).not.toContain(secret);
  });

  it('may be slow to answer one call without losing its tools', async () => {
    const conversation = new Conversation([child({ timeoutMs: 300 })]);
    await conversation.tools.settled;
    await expect(conversation.call('workshop__wait')).rejects.toThrow(/did not answer in time/);
    expect(await conversation.call('workshop__add', { a: 1, b: 2 })).toBe('3');
    expect(conversation.states).toHaveLength(1);
  });

  it('is ended and started again when it answers nothing at all', async () => {
    const conversation = new Conversation([child({ timeoutMs: 300 })]);
    await conversation.tools.settled;
    const pid = await pidOf(conversation);
    await expect(conversation.call('workshop__freeze')).rejects.toThrow(/did not answer in time/);
    await untilDead(pid);
    await conversation.untilCalled('workshop__add', { a: 1, b: 1 }, '2');
    expect(await pidOf(conversation)).not.toBe(pid);
  });

  it('tells of a tool that comes later, and of those that stayed as the same', async () => {
    const conversation = new Conversation([child()]);
    await conversation.tools.settled;
    const [first] = conversation.tools.tools();
    await conversation.call('workshop__learn');
    await conversation.until((names) => names.includes('workshop__sing'));
    expect(await conversation.call('workshop__sing')).toBe('la');
    expect(conversation.tools.tools()[0]).toBe(first);
  });

  it('leaves no process behind, nor any that it has started itself', async () => {
    const conversation = new Conversation([child()]);
    await conversation.tools.settled;
    const pid = await pidOf(conversation);
    const helper = await pidOf(conversation, 'workshop__helper');
    expect([pid, helper].map(lives)).toEqual([true, true]);
    await conversation.tools.close();
    await Promise.all([pid, helper].map(untilDead));
  });

  it('costs nothing but itself when it cannot be started or does not greet', async () => {
    const absent = child({
      name: 'absent',
      reach: { ...stdio(), command: 'no-such-program-here' },
    });
    const silent = child({
      name: 'silent',
      reach: { ...stdio(), args: ['-e', 'process.stdin.resume()'] },
    });
    const conversation = new Conversation([absent, child(), silent]);
    await conversation.until((names) => names.includes('workshop__add'));
    expect(await conversation.call('workshop__add', { a: 20, b: 2 })).toBe('22');
    await vi.waitFor(() => {
      expect(conversation.states).toContainEqual({
        server: 'absent',
        state: 'lost',
        detail: expect.stringContaining('ENOENT') as string,
      });
    });
    expect(conversation.logged[0]).toContain('MCP is configured wrongly: parley.json: no.');
    await conversation.tools.close();
    expect(conversation.states.filter(({ server }) => server === 'silent')).toEqual([]);
  });
});

describe('approval', () => {
  it('lets a call through once, and after a yes for the conversation every call of that tool', async () => {
    const conversation = new Conversation([child({ approval: 'always' })]);
    await conversation.tools.settled;
    conversation.answer = () => Promise.resolve('once');
    expect(await conversation.call('workshop__add', { a: 1, b: 1 })).toBe('2');
    expect(conversation.asked).toEqual([
      { callId: 'call-1', server: 'workshop', tool: 'add', input: '{"a":1,"b":1}' },
    ]);
    conversation.answer = () => Promise.resolve('conversation');
    const both = [1, 2].map((a) => conversation.call('workshop__add', { a, b: 1 }));
    expect(await Promise.all(both)).toEqual(['2', '3']);
    expect(conversation.asked).toHaveLength(2);
    conversation.answer = () => Promise.resolve('no');
    expect(await conversation.call('workshop__add', { a: 3, b: 1 })).toBe('4');
    await expect(conversation.call('workshop__pid')).rejects.toThrow(/did not allow/);
  });

  it('is not asked for where a tool is named as harmless', async () => {
    const conversation = new Conversation([child({ approval: { never: ['add'] } })]);
    await conversation.tools.settled;
    expect(await conversation.call('workshop__add', { a: 1, b: 1 })).toBe('2');
    expect(conversation.asked).toEqual([]);
    await expect(conversation.call('workshop__pid')).rejects.toThrow(/did not allow/);
    expect(conversation.asked).toHaveLength(1);
  });

  it('counts no answer, and a page that is gone, as a no', async () => {
    const conversation = new Conversation([child({ approval: 'always' })]);
    await conversation.tools.settled;
    conversation.answer = () => new Promise(() => undefined);
    await expect(conversation.call('workshop__pid')).rejects.toThrow(/Nobody answered/);
    conversation.answer = () => Promise.reject(new Error('The participant has left.'));
    await expect(conversation.call('workshop__pid')).rejects.toThrow(/Nobody answered/);
  });

  it('is given up when the turn is', async () => {
    const conversation = new Conversation([child({ approval: 'always' })]);
    await conversation.tools.settled;
    const turn = new AbortController();
    conversation.answer = () => {
      queueMicrotask(() => turn.abort(new Error('interrupted')));
      return new Promise(() => undefined);
    };
    await expect(conversation.call('workshop__pid', {}, turn.signal)).rejects.toThrow(
      'interrupted',
    );
  });

  it('says where the arguments are too long to be shown', async () => {
    const conversation = new Conversation([child({ approval: 'always' })]);
    await conversation.tools.settled;
    const body = { text: '"é'.repeat(5000) };
    await expect(conversation.call('workshop__post', { body })).rejects.toThrow(/did not allow/);
    const [{ input } = { input: '' }] = conversation.asked;
    expect(input).toMatch(/more characters\)$/);
    expect(input.length).toBeLessThanOrEqual(4000);
    expect(Buffer.byteLength(JSON.stringify(conversation.asked[0]))).toBeLessThan(12_000);
  });
});

describe('a server over HTTP', () => {
  it('is given its headers, tells of new tools and is told when the conversation is over', async () => {
    const server = await HttpMcpServer.listen();
    open.push(() => server.stop());
    const conversation = new Conversation([office(server.url, { allow: ['greet', 'file'] })]);
    await conversation.tools.settled;
    expect(conversation.names).toEqual(['office__greet']);
    expect(await conversation.call('office__greet')).toBe('hello');
    server.learn('file');
    server.learn('shred');
    await conversation.until((names) => names.includes('office__file'));
    expect(await conversation.call('office__file')).toBe('file done');
    expect(conversation.names).toEqual(['office__greet', 'office__file']);
    await conversation.tools.close();
    expect(server.ended).toHaveLength(1);
    expect(new Set(server.authorizations)).toEqual(new Set(['Bearer office']));
  });

  it('loses its tools when it goes and has them again when it is back', async () => {
    const server = await HttpMcpServer.listen();
    const { port } = server;
    const conversation = new Conversation([office(server.url, { approval: 'always' })]);
    await conversation.tools.settled;
    const greet = conversation.hold('office__greet');
    await server.stop();
    await conversation.until((names) => names.length === 0);
    await expect(greet()).rejects.toThrow('cannot be reached');
    expect(conversation.asked).toEqual([]);
    const again = await HttpMcpServer.listen(port);
    open.push(() => again.stop());
    await conversation.until((names) => names.includes('office__greet'));
    conversation.answer = () => Promise.resolve('once');
    expect(await conversation.call('office__greet')).toBe('hello');
  });

  it('that goes in the middle of a call has the call fail at once', async () => {
    const server = await HttpMcpServer.listen();
    const conversation = new Conversation([office(server.url)]);
    await conversation.tools.settled;
    server.onWait = () => setImmediate(() => void server.stop());
    const started = performance.now();
    await expect(conversation.call('office__wait')).rejects.toThrow(
      /^The tool failed: (it ended|fetch failed)/,
    );
    expect(performance.now() - started).toBeLessThan(5000);
    await conversation.until((names) => names.length === 0);
  });

  it('follows no server that sends us elsewhere', async () => {
    const asked: (string | undefined)[] = [];
    const inside = createHttpServer((request, response) => {
      asked.push(request.url);
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await once(inside, 'listening');
    const { port } = inside.address() as AddressInfo;
    const outside = createHttpServer((_request, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${port}/latest/meta-data/` }).end();
    }).listen(0, '127.0.0.1');
    await once(outside, 'listening');
    open.push(async () => {
      inside.close();
      outside.close();
      return Promise.resolve();
    });
    const at = (outside.address() as AddressInfo).port;
    const conversation = new Conversation([office(`http://127.0.0.1:${at}/mcp`)]);
    await vi.waitFor(() => expect(conversation.states).toMatchObject([{ state: 'lost' }]));
    expect(asked).toEqual([]);
  });

  it('is given up when it takes the call and says nothing', async () => {
    const mute = createServer();
    mute.listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const { port } = mute.address() as AddressInfo;
    const conversation = new Conversation([office(`http://127.0.0.1:${port}/mcp`)], {
      connectMs: 200,
    });
    await conversation.tools.settled;
    await once(mute, 'connection');
    await conversation.tools.close();
    const detail = 'it did not answer in time';
    expect(conversation.states).toEqual([{ server: 'office', state: 'lost', detail }]);
    mute.close();
  });
});

function stdio(): Extract<McpServerConfig['reach'], { kind: 'stdio' }> {
  return { kind: 'stdio', command: process.execPath, args: [], env: {}, cwd: undefined };
}
