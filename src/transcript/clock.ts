/**
 * Brings an agent's times to this page's clock. The two may differ by minutes, so the first message of an agent sets
 * how far apart they are (its way through the network included), and all later ones keep that distance: what the
 * agent did first stays first.
 */
export class AgentClock {
  #behindMs: number | undefined;

  /** Takes and gives ms since the epoch. `arrivedAtMs` is on the page's clock. */
  toPage(agentMs: number, arrivedAtMs: number): number {
    this.#behindMs ??= arrivedAtMs - agentMs;
    return agentMs + this.#behindMs;
  }
}
