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
});
