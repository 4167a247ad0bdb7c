import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { filled, MissingVariable } from './variables.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** How a server is reached: as a child process that talks over stdin and stdout, or by streamable HTTP. */
export type McpReach =
  | {
      readonly kind: 'stdio';
      readonly command: string;
      readonly args: readonly string[];
      /** All that the process is given besides PATH and HOME. */
      readonly env: Readonly<Record<string, string>>;
      readonly cwd: string | undefined;
    }
  | {
      readonly kind: 'http';
      readonly url: URL;
      readonly headers: Readonly<Record<string, string>>;
    };

export interface McpServerConfig {
  readonly name: string;
  readonly reach: McpReach;
  /** Names of the tools that may be used, as the server calls them; `*` stands for all. */
  readonly allow: readonly string[];
  /** Which calls a person is asked about: each, none, or each but those of the tools that are named. */
  readonly approval: 'always' | 'never' | { readonly never: readonly string[] };
  /** How long one call may take, in ms. */
  readonly timeoutMs: number;
  /** Values that must not appear in a log or an error. */
  readonly secrets: readonly string[];
}

/** The servers that can be used, and one sentence for each thing in the file that cannot. */
export interface McpConfig {
  readonly servers: readonly McpServerConfig[];
  readonly problems: readonly string[];
}

const strings = z.record(z.string(), z.string({ error: 'should be a text' }));
const shared = {
  disabled: z.boolean({ error: 'should be true or false' }).default(false),
  allow: z.array(z.string().min(1), { error: 'should be a list of tool names' }).default([]),
  approval: z
    .union([z.enum(['always', 'never']), z.strictObject({ never: z.array(z.string().min(1)) })], {
      error: 'should be "always", "never" or {"never": [names of tools]}',
    })
    .default('always'),
  timeoutMs: z
    .int({ error: 'should be a whole number of milliseconds' })
    .min(100, 'should be at least 100')
    .max(600_000, 'should be at most 600000')
    .default(30_000),
};
const stdioServer = z.strictObject({
  type: z.literal('stdio', { error: 'should be "stdio" where there is a command' }).optional(),
  command: z.string({ error: 'should be the name of a program' }).min(1, 'should not be empty'),
  args: z.array(z.string(), { error: 'should be a list of texts' }).default([]),
  env: strings.default({}),
  cwd: z.string().min(1).optional(),
  ...shared,
});
const httpServer = z.strictObject({
  type: z
    .enum(['http', 'streamable-http'], { error: 'should be "http" where there is a url' })
    .optional(),
  url: z.string({ error: 'should be an address' }),
  headers: strings.default({}),
  ...shared,
});
const file = z.strictObject({
  mcpServers: z.record(z.string(), z.record(z.string(), z.unknown())),
});

/** Whether a person is asked before this tool, by the server's name for it, is called. */
export function asksBefore({ approval }: McpServerConfig, tool: string): boolean {
  if (typeof approval === 'string') return approval === 'always';
  return !approval.never.includes(tool);
}

/** Two underscores stand between server and tool in the names that a model sees. */
const serverName = /^[A-Za-z](?:_?[A-Za-z0-9-])*$/;
const longestServerName = 32;
const mostFileBytes = 256 * 1024;

/**
 * Reads the file that `PARLEY_MCP` names; without one there are no servers. Never throws: what cannot be used is left
 * out and told in `problems`, each naming its place in the file.
 */
export async function readMcpConfig(
  path: string | undefined,
  env: Environment,
): Promise<McpConfig> {
  if (!path) return { servers: [], problems: [] };
  const nothing = (problem: string): McpConfig => ({
    servers: [],
    problems: [`${path}: ${problem}`],
  });
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    return nothing(
      `it cannot be read (${error instanceof Error ? error.message : String(error)}).`,
    );
  }
  if (Buffer.byteLength(text) > mostFileBytes) {
    return nothing(`it is larger than ${mostFileBytes / 1024} kB.`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The parser's own message quotes the file, which may hold a key.
    return nothing('it is not valid JSON.');
  }
  const parsed = file.safeParse(json);
  if (!parsed.success) return nothing(sentences(parsed.error, []).join(' '));

  const servers: McpServerConfig[] = [];
  const problems: string[] = [];
  for (const [name, entry] of Object.entries(parsed.data.mcpServers)) {
    const read = readServer(name, entry, env);
    if (Array.isArray(read)) problems.push(...read.map((problem) => `${path}: ${problem}`));
    else if (read) servers.push(read);
  }
  return { servers, problems };
}

/** Undefined where the server is switched off; the sentences say what is wrong. */
function readServer(
  name: string,
  entry: Record<string, unknown>,
  env: Environment,
): McpServerConfig | undefined | string[] {
  const place = ['mcpServers', name];
  if (!serverName.test(name) || name.length > longestServerName) {
    return [
      `${place.join('.')}: the name should be at most ${longestServerName} letters, digits, - and single _, and begin with a letter.`,
    ];
  }
  if ('command' in entry === 'url' in entry) {
    return [`${place.join('.')}: it should have either a command or a url.`];
  }
  const parsed = ('command' in entry ? stdioServer : httpServer).safeParse(entry);
  if (!parsed.success) return sentences(parsed.error, place);
  if (parsed.data.disabled) return undefined;

  const secrets = new Set<string>();
  try {
    const { allow, approval, timeoutMs } = parsed.data;
    const reach = reachOf(parsed.data, place, env, secrets);
    if (typeof reach === 'string') return [reach];
    return { name, reach, allow, approval, timeoutMs, secrets: [...secrets] };
  } catch (error) {
    if (error instanceof MissingVariable) return [error.message];
    throw error;
  }
}

function reachOf(
  server: z.output<typeof stdioServer> | z.output<typeof httpServer>,
  place: readonly string[],
  env: Environment,
  secrets: Set<string>,
): McpReach | string {
  const fill = (text: string, ...where: string[]): string =>
    filled(text, [...place, ...where].join('.'), env, (value) => secrets.add(value));
  const fillAll = (values: Record<string, string>, where: string): Record<string, string> =>
    Object.fromEntries(
      Object.entries(values).map(([key, value]) => {
        const text = fill(value, where, key);
        // Tokens stand in environments and headers; what is shorter is no secret, and hiding it would garble the log.
        if (text.length >= 8) secrets.add(text);
        return [key, text];
      }),
    );

  if ('command' in server) {
    return {
      kind: 'stdio',
      command: fill(server.command, 'command'),
      args: server.args.map((arg, index) => fill(arg, 'args', String(index))),
      env: fillAll(server.env, 'env'),
      cwd: server.cwd === undefined ? undefined : fill(server.cwd, 'cwd'),
    };
  }
  const at = [...place, 'url'].join('.');
  const address = fill(server.url, 'url');
  if (!URL.canParse(address)) return `${at}: it is not an address.`;
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return `${at}: it should begin with http:// or https://.`;
  }
  if (url.username || url.password) {
    return `${at}: a name or password in an address ends up in logs; put it into headers.`;
  }
  const headers = fillAll(server.headers, 'headers');
  for (const [key, value] of Object.entries(headers)) {
    if (!isHeader(key, value))
      return `${[...place, 'headers', key].join('.')}: it is not a header.`;
  }
  return { kind: 'http', url, headers };
}

function isHeader(key: string, value: string): boolean {
  try {
    new Headers({ [key]: value });
    return true;
  } catch {
    return false;
  }
}

/** What is wrong, each with its place in the file. Values are not repeated: they may be secrets. */
function sentences(error: z.ZodError, place: readonly string[]): string[] {
  return error.issues.map((issue) => {
    const where = [...place, ...issue.path.map(String)].join('.');
    if (issue.code === 'unrecognized_keys') {
      return `${where ? `${where}: ` : ''}${issue.keys.join(', ')} is not known here.`;
    }
    return `${where ? `${where}: it ` : 'it '}${issue.message.startsWith('should') ? issue.message : 'has the wrong shape'}.`;
  });
}
