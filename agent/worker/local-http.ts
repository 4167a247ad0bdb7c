import type { Server } from 'node:http';
import { listenOn } from './local-server.ts';

/** Serves on this socket of the machine. Resolves when it listens; `close` ends it and drops all connections. */
export async function serveOn(
  server: Server,
  socketPath: string,
): Promise<{ close(): Promise<void> }> {
  await listenOn(server, socketPath);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
