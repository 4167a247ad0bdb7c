import type { Server } from 'node:net';

/** Resolves when the server listens on this socket of the machine; rejects if it cannot. */
export function listenOn(server: Server, socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
  });
}
