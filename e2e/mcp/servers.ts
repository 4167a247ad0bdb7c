import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stack } from '../stack/stack.ts';

const folder = join(tmpdir(), `parley-e2e-mcp-${new URL(stack.pageUrl).port}`);
const library = fileURLToPath(new URL('./library.ts', import.meta.url));
const file = join(folder, 'servers.json');

/**
 * What `PARLEY_MCP` names: a file with no servers in it. It is read when a conversation begins, so that only those
 * tests have servers that open the library.
 */
export function closedLibrary(): string {
  write({});
  return file;
}

/** A library, started by the agent for each conversation that begins from now on. Returns the release. */
export function openLibrary(): () => void {
  write({
    library: {
      command: process.execPath,
      args: ['--import', import.meta.resolve('tsx'), library],
      allow: ['*'],
      approval: { never: ['shelf', 'close'] },
    },
  });
  return () => void closedLibrary();
}

function write(mcpServers: object): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify({ mcpServers }));
}
