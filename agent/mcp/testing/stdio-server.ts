import { spawn } from 'node:child_process';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';

/** An MCP server with every way to misbehave, run as a child process by the tests. */
const server = new McpServer({ name: 'workshop', version: '1.0.0' });
const text = (words: string) => ({ content: [{ type: 'text' as const, text: words }] });

server.registerTool(
  'add',
  {
    title: 'Add up',
    description: 'Adds two numbers.',
    inputSchema: { a: z.number(), b: z.number() },
  },
  ({ a, b }) => text(String(a + b)),
);
server.registerTool('environment', { description: 'Names of the variables it was given.' }, () =>
  text(Object.keys(process.env).sort().join(' ')),
);
server.registerTool('pid', { description: 'Its process.' }, () => text(String(process.pid)));
server.registerTool('helper', { description: 'Starts a process of its own.' }, () => {
  const helper = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    stdio: 'ignore',
  });
  return text(String(helper.pid));
});
server.registerTool('die', { description: 'Ends the server in the middle of the call.' }, () => {
  process.stderr.write(`the token was ${process.env['WORKSHOP_TOKEN']}\n`, () => process.exit(3));
  return new Promise<never>(() => undefined);
});
server.registerTool(
  'wait',
  { description: 'Never answers.' },
  () => new Promise<never>(() => undefined),
);
server.registerTool('freeze', { description: 'Keeps the whole server busy for ever.' }, () => {
  for (;;) Math.random();
});
server.registerTool('fail', { description: 'Reports an error.' }, () => ({
  ...text('There is no such drawer.'),
  isError: true,
}));
server.registerTool('learn', { description: 'Brings another tool.' }, () => {
  server.registerTool('sing', { description: 'Sings.' }, () => text('la'));
  return text('learnt');
});
server.registerTool(
  'post',
  {
    description: 'Tells which object it was given.',
    inputSchema: { body: z.record(z.string(), z.unknown()), note: z.string().optional() },
  },
  ({ body }) => text(JSON.stringify(body)),
);
server.registerTool('everything', { description: 'Answers with each kind of content.' }, () => ({
  content: [
    { type: 'text', text: 'Here you are.' },
    { type: 'image', mimeType: 'image/png', data: 'A'.repeat(4096) },
    { type: 'resource', resource: { uri: 'file:///notes.txt', text: 'buy milk' } },
    { type: 'resource_link', uri: 'https://example.org/map', name: 'map', description: 'The way.' },
  ],
  structuredContent: { found: 3 },
}));
server.registerTool('flood', { description: 'Answers at great length.' }, () =>
  text('x'.repeat(50_000)),
);

await server.connect(new StdioServerTransport());
