import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AssistantPresence, patienceMs } from './presence.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watch() {
  const shown: string[] = [];
  const absences: boolean[] = [];
  const sentForAtMs: number[] = [];
  const begunMs = Date.now();
  const presence = new AssistantPresence(
    {
      changed: ({ kind }) => shown.push(kind),
      absent: (absent) => absences.push(absent),
      sendFor: () => sentForAtMs.push(Date.now() - begunMs),
    },
    () => 0.5,
  );
  return { presence, shown, absences, sentForAtMs };
}

describe('an assistant that does not come', () => {
  it('is awaited for five seconds, then absent', () => {
    const { presence, shown, absences } = watch();
    presence.await();
    vi.advanceTimersByTime(patienceMs - 1);
    expect(shown).toEqual(['awaited']);
    vi.advanceTimersByTime(1);
    expect(shown).toEqual(['awaited', 'absent']);
    expect(absences).toEqual([true]);
  });

  it('is sent for again and again, with longer and longer pauses', () => {
    const { presence, sentForAtMs } = watch();
    presence.await();
    vi.advanceTimersByTime(40_000);
    expect(sentForAtMs).toEqual([5000, 7000, 11_000, 19_000, 27_000, 35_000]);
  });

  it('is sent for soon where it has been before, and is absent no later', () => {
    const { presence, shown, sentForAtMs } = watch();
    presence.await();
    presence.came('speaking');
    presence.lost();
    vi.advanceTimersByTime(patienceMs - 1);
    expect(shown).toEqual(['awaited', 'speaking', 'awaited']);
    expect(sentForAtMs).toEqual([500]);
    vi.advanceTimersByTime(1);
    expect(shown.at(-1)).toBe('absent');
    vi.advanceTimersByTime(2000);
    expect(sentForAtMs).toEqual([500, 5000, 7000]);
  });

  it('is no longer sent for once it has come or the call is over', () => {
    for (const finish of ['came', 'end'] as const) {
      const { presence, absences, sentForAtMs } = watch();
      presence.await();
      vi.advanceTimersByTime(patienceMs);
      if (finish === 'came') presence.came('listening');
      else presence.end();
      vi.advanceTimersByTime(100_000);
      expect(sentForAtMs).toEqual([5000]);
      expect(absences).toEqual([true, false]);
    }
  });

  it('is neither absent nor sent for while the connection is away', () => {
    const { presence, shown, absences, sentForAtMs } = watch();
    presence.await();
    vi.advanceTimersByTime(patienceMs);
    presence.hold();
    vi.advanceTimersByTime(100_000);
    expect(shown).toEqual(['awaited', 'absent', 'awaited']);
    expect(absences).toEqual([true, false]);
    expect(sentForAtMs).toEqual([5000]);
    presence.await();
    vi.advanceTimersByTime(patienceMs);
    expect(shown.at(-1)).toBe('absent');
  });

  it('is awaited anew when it has left', () => {
    const { presence, shown, absences } = watch();
    presence.await();
    presence.came('listening');
    presence.await();
    vi.advanceTimersByTime(patienceMs);
    expect(shown).toEqual(['awaited', 'listening', 'awaited', 'absent']);
    expect(absences).toEqual([true]);
  });
});

describe('an assistant in the room', () => {
  it('is initializing until it says what it does', () => {
    const { presence, shown } = watch();
    presence.await();
    presence.came(undefined);
    presence.stateChanged('listening');
    presence.stateChanged('thinking');
    presence.stateChanged('speaking');
    presence.stateChanged('idle');
    expect(shown).toEqual([
      'awaited',
      'initializing',
      'listening',
      'thinking',
      'speaking',
      'listening',
    ]);
  });
});

describe('an interruption', () => {
  function speaking() {
    const watched = watch();
    watched.presence.await();
    watched.presence.came('speaking');
    watched.shown.length = 0;
    return watched;
  }

  it('is shown for a moment even when the agent falls silent at once', () => {
    const { presence, shown } = speaking();
    presence.interrupted();
    presence.stateChanged('listening');
    vi.advanceTimersByTime(699);
    expect(shown).toEqual(['interrupted']);
    vi.advanceTimersByTime(1);
    expect(shown).toEqual(['interrupted', 'listening']);
  });

  it('is shown until the agent has fallen silent', () => {
    const { presence, shown } = speaking();
    presence.interrupted();
    vi.advanceTimersByTime(1500);
    expect(shown).toEqual(['interrupted']);
    presence.stateChanged('listening');
    vi.advanceTimersByTime(0);
    expect(shown).toEqual(['interrupted', 'listening']);
  });

  it('ends with the next reply', () => {
    const { presence, shown } = speaking();
    presence.interrupted();
    presence.stateChanged('thinking');
    presence.stateChanged('speaking');
    expect(shown).toEqual(['interrupted', 'speaking']);
  });

  it('ends when the next reply is heard, even if the agent never said that it was silent', () => {
    const { presence, shown } = speaking();
    presence.interrupted();
    presence.soundBegan();
    expect(shown).toEqual(['interrupted', 'speaking']);
  });

  it('is not shown for ever when the agent does not care', () => {
    const { presence, shown } = speaking();
    presence.interrupted();
    vi.advanceTimersByTime(3000);
    expect(shown).toEqual(['interrupted', 'speaking']);
  });

  it('is not shown when nobody is there', () => {
    const { presence, shown } = watch();
    presence.await();
    presence.interrupted();
    expect(shown).toEqual(['awaited']);
  });
});
