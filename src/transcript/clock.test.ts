import { describe, expect, it } from 'vitest';
import { AgentClock } from './clock.ts';

describe("an agent's clock", () => {
  it('is set by its first message, however far it is off', () => {
    const clock = new AgentClock();
    expect(clock.toPage(1_000_000, 5000)).toBe(5000);
    expect(clock.toPage(1_000_700, 5900)).toBe(5700);
  });

  it('keeps the order in which the agent did things, whatever the network does', () => {
    const clock = new AgentClock();
    clock.toPage(1000, 2000);
    expect(clock.toPage(1500, 9000)).toBeLessThan(clock.toPage(1600, 2700));
  });

  it('is not believed where it tells of another age, so that what was said keeps a time that can be shown', () => {
    const clock = new AgentClock();
    const nowMs = Date.UTC(2026, 10, 22);
    expect(clock.toPage(0, nowMs)).toBe(nowMs);
    expect(clock.toPage(nowMs, nowMs + 10)).toBe(nowMs + 10);
    expect(clock.toPage(Number.MAX_SAFE_INTEGER, nowMs + 20)).toBe(nowMs + 20);
  });
});
