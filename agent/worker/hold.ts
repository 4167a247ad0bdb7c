// Runs in a job process before the framework and all else is loaded: waits until the worker has processors to spare.
import { connect } from 'node:net';
import { mayLoad, reserveSocketVariable } from './reserve.ts';

const socketPath = process.env[reserveSocketVariable];
if (socketPath) await untilLet(socketPath);

async function untilLet(path: string): Promise<void> {
  const answer = await new Promise<string>((resolve) => {
    let heard = '';
    const socket = connect(path);
    socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
    // Nobody to ask: the process is wanted, or its worker is gone and it learns of that soon.
    socket.once('error', () => resolve(mayLoad));
    socket.once('close', () => resolve(heard));
  });
  if (!answer.includes(mayLoad)) process.exit();
}
