// The page itself never has the collector in its hands.
/* eslint-disable no-restricted-imports */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
/* eslint-enable no-restricted-imports */
import type { Room } from 'livekit-client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { newRoom } from './room.ts';

/** Without the signals that livekit-client gives along and never uses here: Node keeps for good what they would take away. */
class Devices extends EventTarget {
  override addEventListener(type: string, listener: EventListener): void {
    super.addEventListener(type, listener);
  }
}

beforeEach(() => {
  // By a document and its devices livekit-client knows a browser.
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal('navigator', { mediaDevices: new Devices() });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Collects whatever nobody holds any more. A reference that was looked at holds until the next turn of the event loop. */
async function collect(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  for (let pass = 0; pass < 3; pass += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    gc();
  }
}

it('leaves nothing that holds a room, though it was never joined', async () => {
  const releases: (() => void)[] = [];
  const held = ((): WeakRef<Room> => {
    const { room, release } = newRoom({});
    releases.push(release);
    return new WeakRef(room);
  })();
  await collect();
  expect(held.deref() === undefined).toBe(false);
  releases.pop()?.();
  await collect();
  expect(held.deref() === undefined).toBe(true);
});
