import { describe, expect, it } from 'vitest';
import { entriesAtMost, PageLog, type LogEntry } from './page-log.ts';

function logAt(startMs = 0) {
  const clock = { wallMs: startMs, steadyMs: 0 };
  const log = new PageLog({ wall: () => clock.wallMs, steady: () => clock.steadyMs });
  const file = () => JSON.parse(log.toJson({})) as { forgotten: number; entries: LogEntry[] };
  return { clock, log, file };
}

describe('the log of the page', () => {
  it('says what happened and when', () => {
    const { log, file } = logAt(Date.UTC(2026, 0, 2, 3, 4, 5, 6));
    log.note('call', { kind: 'connected', room: undefined });
    expect(file().entries).toEqual([
      { at: '2026-01-02T03:04:05.006Z', event: 'call', about: { kind: 'connected' } },
    ]);
  });

  it('keeps the newest, and says how many it has forgotten', () => {
    const { log, file } = logAt();
    for (let n = 0; n < entriesAtMost + 3; n += 1) log.note('tick', { n });
    expect(file().forgotten).toBe(3);
    expect(file().entries).toHaveLength(entriesAtMost);
    expect(file().entries[0]?.about).toEqual({ n: 3 });
  });

  it('tells when the time was set, or the machine slept, and not that it passed', () => {
    const { clock, log, file } = logAt();
    log.note('begin');
    clock.wallMs += 600_000;
    clock.steadyMs += 600_000;
    log.note('passed');
    clock.wallMs += 3_600_000;
    log.note('woke');
    clock.wallMs -= 10_000;
    log.note('set');
    expect(file().entries.map(({ event, about }) => [event, about])).toEqual([
      ['begin', {}],
      ['passed', {}],
      ['clock jumped', { byMs: 3_600_000 }],
      ['woke', {}],
      ['clock jumped', { byMs: -10_000 }],
      ['set', {}],
    ]);
  });
});
