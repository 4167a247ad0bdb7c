import { describe, expect, it } from 'vitest';
import { toPageMs, withAgent, withMessage, type Clocks } from './clocks.ts';

describe('clocks', () => {
  it('go by the quickest message, so that an agent’s times are late by its way and no more', () => {
    const behindMs = 60_000;
    const ways = [80, 25, 140, 30];
    const clocks = ways.reduce<Clocks>((known, wayMs, index) => {
      const sentAtMs = index * 1000;
      return withMessage(known, sentAtMs, sentAtMs + behindMs + wayMs);
    }, withAgent([]));
    expect(toPageMs(clocks, { clock: 0, agentMs: 0 })).toBe(behindMs + 25);
  });

  it('are each agent’s own', () => {
    const first = withMessage(withAgent([]), 0, 500);
    const both = withMessage(withAgent(first), 0, -300);
    expect(toPageMs(both, { clock: 0, agentMs: 10 })).toBe(510);
    expect(toPageMs(both, { clock: 1, agentMs: 10 })).toBe(-290);
  });
});
