import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HeldTurn, type Hold } from './hold.ts';

let log: string[];
let shown: Hold[];
let accepts: boolean;
let muted: boolean;
/** How long the assistant takes to drop a turn. */
let cancelMs: number;

function heldTurn(): HeldTurn {
  const hold = new HeldTurn({
    turn: async ({ action, heldMs }) => {
      log.push(heldMs === undefined ? action : `${action}, held for ${heldMs}`);
      if (action === 'cancel') await delayed(cancelMs);
      return accepts;
    },
    canSpeak: () => !muted,
    gate: (open) => log.push(open ? 'open' : 'closed'),
    cut: () => log.push('cut'),
    changed: (state) => shown.push(state),
  });
  hold.use(true);
  return hold;
}

beforeEach(() => {
  vi.useFakeTimers();
  log = [];
  shown = [];
  accepts = true;
  muted = false;
  cancelMs = 0;
});
afterEach(() => void vi.useRealTimers());

function delayed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function held(hold: HeldTurn, ms: number): Promise<void> {
  hold.press();
  await vi.advanceTimersByTimeAsync(ms);
}

describe('HeldTurn', () => {
  it('silences the reply, opens the microphone and takes the turn; gives it away after the last sound', async () => {
    const hold = heldTurn();
    await held(hold, 1000);
    hold.release();
    expect(log).toEqual(['closed', 'cut', 'open', 'start']);
    await vi.advanceTimersByTimeAsync(300);
    expect(log).toEqual(['closed', 'cut', 'open', 'start', 'closed', 'commit']);
  });

  it('takes a short press for a slip', async () => {
    const hold = heldTurn();
    await held(hold, 100);
    hold.release();
    await vi.advanceTimersByTimeAsync(300);
    expect(log.at(-1)).toBe('cancel');
    expect(shown.at(-1)).toEqual({ kind: 'denied', because: 'short' });
  });

  it('drops what was said, and hears nothing of the release that follows', async () => {
    const hold = heldTurn();
    await held(hold, 1000);
    hold.cancel();
    hold.release();
    await vi.advanceTimersByTimeAsync(300);
    expect(log.slice(4)).toEqual(['closed', 'cancel']);
  });

  it('commits a turn before the next one that follows at once', async () => {
    const hold = heldTurn();
    await held(hold, 1000);
    hold.release();
    await held(hold, 1000);
    hold.release();
    await vi.advanceTimersByTimeAsync(300);
    expect(log.filter((entry) => /start|commit/.test(entry))).toEqual([
      'start',
      'commit',
      'start',
      'commit',
    ]);
  });

  it('tells how long a turn has been held that had to wait for the end of the last', async () => {
    cancelMs = 800;
    const hold = heldTurn();
    await held(hold, 1000);
    hold.cancel();
    await held(hold, 900);
    expect(log.at(-1)).toBe('start, held for 800');
  });

  it('takes no turn with a muted microphone, and says so', () => {
    const hold = heldTurn();
    muted = true;
    hold.press();
    expect(log).toEqual(['closed']);
    expect(shown.at(-1)).toEqual({ kind: 'denied', because: 'muted' });
  });

  it('ends nothing that the assistant did not begin', async () => {
    accepts = false;
    const hold = heldTurn();
    await held(hold, 1000);
    expect(shown.at(-1)).toEqual({ kind: 'denied', because: 'refused' });
    hold.release();
    await vi.advanceTimersByTimeAsync(300);
    expect(log).toEqual(['closed', 'cut', 'open', 'start', 'closed']);
  });

  it('lets the microphone be heard again when turns are no longer held', async () => {
    const hold = heldTurn();
    await held(hold, 1000);
    hold.use(false);
    await vi.advanceTimersByTimeAsync(300);
    expect(log).toContain('cancel');
    expect(log.findLast((entry) => /open|closed/.test(entry))).toBe('open');
    hold.press();
    expect(log.at(-1)).not.toBe('start');
  });

  it('is free again when the assistant is gone', async () => {
    const hold = heldTurn();
    await held(hold, 1000);
    hold.forget();
    expect(hold.held).toBe(false);
    await vi.advanceTimersByTimeAsync(300);
    expect(log.at(-1)).toBe('closed');
  });
});
