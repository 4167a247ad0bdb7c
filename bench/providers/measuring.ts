import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { watchWireSound } from '../../e2e/providers/wire-sound.ts';
import { sharedClockMs } from './clock.ts';

/** What a process that holds a conversation is told to do. */
export interface CallOrder {
  readonly subject: string;
  /** What is said in each turn: mono PCM at 24 kHz that is loud at its end. */
  readonly clip: readonly number[];
  readonly turns: number;
}

/** Times are those of `sharedClockMs`. */
export interface Turn {
  readonly beganMs: number;
  /** The last frame of speech was given to the session. */
  readonly givenMs: number;
  /** The session handed over the first frame of the reply. */
  readonly soundedMs: number;
}

export interface CallResult {
  readonly turns: readonly Turn[];
  /** Turns that got no answer and were said again. */
  readonly failed: number;
  readonly cpuMsPerSecond: number;
  readonly lastedMs: number;
}

export interface Measured {
  /** From the last frame of speech given to the session to its arrival at the service, in ms, for each turn. */
  readonly inMs: readonly number[];
  /** From the first sound sent by the service to the first frame handed to the room, in ms, for each turn. */
  readonly outMs: readonly number[];
  readonly call: CallResult;
}

/** A sample from which on a piece of sound is speech; what a clip ends with is louder, silence is none. */
export const loud = 1000;
const callModule = fileURLToPath(new URL('call.ts', import.meta.url));

/** Holds a conversation with a service that runs in this process. */
export async function measure(
  order: CallOrder,
  env: Readonly<Record<string, string>>,
): Promise<Measured> {
  const received: number[] = [];
  const sent: number[] = [];
  const release = watchWireSound((sound) => {
    if (sound.direction === 'sent') sent.push(sharedClockMs());
    else if (sound.pcm.some((sample) => Math.abs(sample) > loud)) received.push(sharedClockMs());
  });
  try {
    const call = await hold(order, env);
    const inMs = call.turns.map(({ beganMs, givenMs, soundedMs }) => {
      return only(received.findLast((atMs) => atMs > beganMs && atMs < soundedMs)) - givenMs;
    });
    const outMs = call.turns.map(({ givenMs, soundedMs }) => {
      return soundedMs - only(sent.find((atMs) => atMs > givenMs && atMs < soundedMs));
    });
    return { inMs, outMs, call };
  } finally {
    release();
  }
}

async function hold(order: CallOrder, env: Readonly<Record<string, string>>): Promise<CallResult> {
  const child = fork(callModule, {
    env: { ...process.env, ...env },
    execArgv: ['--import', import.meta.resolve('tsx')],
  });
  const over = new AbortController();
  const ended = once(child, 'exit', { signal: over.signal }).then(() => {
    throw new Error(`The conversation with ${order.subject} broke off.`);
  });
  child.send(order);
  try {
    const [result] = (await Promise.race([once(child, 'message', over), ended])) as [CallResult];
    return result;
  } finally {
    over.abort();
    ended.catch(() => undefined);
    child.kill();
  }
}

function only(timeMs: number | undefined): number {
  if (timeMs === undefined) throw new Error('A turn was answered that the service did not hear.');
  return timeMs;
}
