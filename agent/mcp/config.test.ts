import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMcpConfig, type McpConfig } from './config.ts';

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-mcp-'));
  path = join(folder, 'mcp.json');
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: unknown, env: Record<string, string> = {}): Promise<McpConfig> {
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readMcpConfig(path, env);
}

/** The problems of one server beside a good one, which stays. */
async function problemsOf(name: string, server: object): Promise<string[]> {
  const { servers, problems } = await read({
    mcpServers: { [name]: server, good: { command: 'good' } },
  });
  expect(servers.map((found) => found.name)).toEqual(['good']);
  return problems.map((problem) => problem.replace(`${path}: `, ''));
}

describe('the file of MCP servers', () => {
  it('describes both kinds of server, allows nothing unasked and asks before each call', async () => {
    const { servers, problems } = await read({
      mcpServers: {
        files: { command: 'npx', args: ['-y', 'files-server', '/srv'] },
        wiki: { type: 'http', url: 'https://wiki.example/mcp', allow: ['*'], approval: 'never' },
        off: { command: 'off', disabled: true },
      },
    });
    expect(problems).toEqual([]);
    expect(servers).toEqual([
      {
        name: 'files',
        reach: {
          kind: 'stdio',
          command: 'npx',
          args: ['-y', 'files-server', '/srv'],
          env: {},
          cwd: undefined,
        },
        allow: [],
        approval: 'always',
        timeoutMs: 30_000,
        secrets: [],
      },
      {
        name: 'wiki',
        reach: { kind: 'http', url: new URL('https://wiki.example/mcp'), headers: {} },
        allow: ['*'],
        approval: 'never',
        timeoutMs: 30_000,
        secrets: [],
      },
    ]);
  });

  it('keeps secrets outside: they come from the environment and are known as such', async () => {
    const { servers } = await read(
      {
        mcpServers: {
          tickets: { command: 'tickets', args: ['--for=${TEAM}'], env: { TOKEN: '${TICKETS}' } },
          wiki: { url: 'https://wiki.example', headers: { Authorization: 'Bearer ${WIKI}' } },
        },
      },
      { TEAM: 'red', TICKETS: 't-12345678', WIKI: 'w-12345678' },
    );
    expect(servers[0]?.reach).toMatchObject({ args: ['--for=red'], env: { TOKEN: 't-12345678' } });
    expect(servers[0]?.secrets).toContain('t-12345678');
    expect(servers[1]?.reach).toMatchObject({ headers: { Authorization: 'Bearer w-12345678' } });
    expect(servers[1]?.secrets).toContain('w-12345678');
  });

  it.each([
    ['my server', { command: 'x' }, /^mcpServers\.my server: the name should be/],
    ['a__b', { command: 'x' }, /^mcpServers\.a__b: the name should be/],
    ['wiki', {}, 'mcpServers.wiki: it should have either a command or a url.'],
    ['wiki', { command: 'x', url: 'http://x' }, /either a command or a url/],
    ['wiki', { command: 7 }, 'mcpServers.wiki.command: it should be the name of a program.'],
    ['wiki', { command: 'x', alow: ['y'] }, 'mcpServers.wiki: alow is not known here.'],
    ['wiki', { command: 'x', allow: 'y' }, /wiki\.allow: it should be a list of tool names/],
    [
      'wiki',
      { command: 'x', approval: 'maybe' },
      /wiki\.approval: it should be "always", "never" or/,
    ],
    [
      'wiki',
      { command: 'x', approval: { always: ['y'] } },
      /wiki\.approval: it should be "always"/,
    ],
    ['wiki', { command: 'x', timeoutMs: 5 }, /wiki\.timeoutMs: it should be at least 100/],
    ['wiki', { command: 'x', env: { KEY: 5 } }, 'mcpServers.wiki.env.KEY: it should be a text.'],
    [
      'wiki',
      { command: 'x', env: { KEY: '${NOPE}' } },
      'mcpServers.wiki.env.KEY: NOPE is not set in the environment.',
    ],
    ['wiki', { url: 'ftp://wiki.example' }, /wiki\.url: it should begin with http/],
    ['wiki', { url: 'wiki.example' }, 'mcpServers.wiki.url: it is not an address.'],
    ['wiki', { url: 'https://me:pw@wiki.example' }, /wiki\.url: a name or password in an address/],
    ['wiki', { url: 'https://wiki.example', type: 'sse' }, /wiki\.type: it should be "http"/],
    [
      'wiki',
      { url: 'https://x.example', headers: { 'a b': 'c' } },
      /headers\.a b: it is not a header/,
    ],
  ])('says what is wrong with %s %j, and costs the others nothing', async (name, server, words) => {
    const problems = await problemsOf(name, server);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(words);
  });

  it.each([
    ['{ "mcpServers": { "a": ', /it is not valid JSON/],
    [[], /it has the wrong shape/],
    [{ servers: {} }, /mcpServers/],
    [{ mcpServers: { a: 'npx' } }, /mcpServers\.a/],
  ])('that is broken (%j) costs only its servers', async (content, words) => {
    const { servers, problems } = await read(content);
    expect(servers).toEqual([]);
    expect(problems[0]).toMatch(words);
    expect(problems[0]).toContain(path);
  });

  it('may be missing where none is named, and is missed where one is', async () => {
    expect(await readMcpConfig(undefined, {})).toEqual({ servers: [], problems: [] });
    const { problems } = await readMcpConfig(join(folder, 'none.json'), {});
    expect(problems[0]).toMatch(/none\.json: it cannot be read .*ENOENT/);
  });
});
