import { connect, type Socket } from 'node:net';
import { z } from 'zod';

/** The environment variable by which a job learns where its worker listens for its pulse. */
export const pulseSocketVariable = 'PARLEY_PULSE_SOCKET';

/** A job is heard of this often, in ms. */
export const beatMs = 500;

/** What a job tells of itself first; every later byte is a beat of either kind, and `farewell` the last. */
export const attendingJob = z.object({
  pid: z.int().positive(),
  room: z.string().min(1).max(256),
  /** Of the assistant in the room. */
  identity: z.string().min(1).max(256),
});
export type AttendingJob = z.infer<typeof attendingJob>;

export const beat = '.';
/** In place of `beat` while nobody is in the room, as after the person has left and before the room closes. */
export const lonelyBeat = ',';
export const farewell = '!';

/**
 * Lets the worker hear that this process lives and gets round to its work. Returns the farewell: without it, the end of
 * the process counts as a crash. A worker that cannot be reached costs the watching and nothing else.
 */
export function beginPulse(
  socketPath: string,
  job: AttendingJob,
  isAlone: () => boolean,
): () => Promise<void> {
  const socket: Socket = connect(socketPath);
  socket.on('error', () => undefined);
  socket.write(`${JSON.stringify(job)}\n`);
  const timer = setInterval(() => {
    if (socket.writable) socket.write(isAlone() ? lonelyBeat : beat);
  }, beatMs);
  timer.unref();
  socket.unref();
  return () => {
    clearInterval(timer);
    return new Promise((resolve) => {
      if (!socket.writable) {
        resolve();
        return;
      }
      socket.once('close', () => resolve());
      socket.end(farewell);
    });
  };
}
