import { ThrowsPromise } from '@livekit/throws-transformer/throws';

interface Waiter {
  readonly won: (value: unknown) => void;
  readonly failed: (reason: unknown) => void;
}

/** Of each promise that has been in a race and is not settled: the races that wait for it. */
const races = new WeakMap<object, Set<Waiter>>();

/**
 * Gives the framework a race that leaves nothing at the losers. Agents 1.9.0 races every 10 ms of the microphone against a
 * promise that lasts as long as the conversation (`readStream`), and a promise keeps whatever has been hung on it: a
 * process grew by 16 MB a minute, until its collections took so long that it counted as hanging.
 * https://github.com/nodejs/node/issues/17469
 */
export function raceWithoutTraces(): void {
  ThrowsPromise.race = race as typeof ThrowsPromise.race;
}

/** Settles as the first of these does. */
function race(values: readonly unknown[]): ThrowsPromise<unknown, Error> {
  return new ThrowsPromise<unknown, Error>((resolve, reject) => {
    const leave = (): void => {
      for (const value of values) if (isObject(value)) races.get(value)?.delete(waiter);
    };
    const waiter: Waiter = {
      won: (value) => {
        leave();
        resolve(value);
      },
      failed: (reason) => {
        leave();
        // As whoever broke it off has it.
        reject(reason as Error);
      },
    };
    for (const value of values) {
      if (isObject(value)) waitersOf(value).add(waiter);
      else void Promise.resolve(value).then(waiter.won);
    }
  });
}

/** One reaction for each promise, however many races it is in. */
function waitersOf(value: object): Set<Waiter> {
  const known = races.get(value);
  if (known) return known;
  const waiters = new Set<Waiter>();
  races.set(value, waiters);
  const settle = (tell: (waiter: Waiter) => void): void => {
    // The next race asks anew, and is answered at once.
    races.delete(value);
    for (const waiter of waiters) tell(waiter);
  };
  Promise.resolve(value).then(
    (result) => settle(({ won }) => won(result)),
    (reason: unknown) => settle(({ failed }) => failed(reason)),
  );
  return waiters;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
