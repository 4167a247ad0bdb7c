/**
 * How far each agent's clock is behind the page's, in ms, one for each agent that has come. A message cannot arrive before
 * it was sent, so the quickest one so far tells best: what is left of error is its own way through the network, and by that
 * much, never more, all the agent's times stand too late.
 */
export type Clocks = readonly number[];

/** Times of an agent, in ms since the epoch on its own clock. */
export interface AgentMoment {
  readonly clock: number;
  readonly agentMs: number;
}

/** Another agent, of which no message has come. */
export function withAgent(clocks: Clocks): Clocks {
  return [...clocks, Infinity];
}

/** Takes what a message of the latest agent tells of its clock. */
export function withMessage(clocks: Clocks, agentMs: number, arrivedAtMs: number): Clocks {
  const known = clocks.length > 0 ? clocks : withAgent(clocks);
  const behindMs = Math.min(known.at(-1) ?? Infinity, arrivedAtMs - agentMs);
  return known.at(-1) === behindMs ? known : known.with(-1, behindMs);
}

/** The same moment on the page's clock, in ms since the epoch. */
export function toPageMs(clocks: Clocks, { clock, agentMs }: AgentMoment): number {
  const behindMs = clocks[clock] ?? 0;
  return agentMs + (Number.isFinite(behindMs) ? behindMs : 0);
}
