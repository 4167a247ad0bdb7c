/** What is told to have happened further from now than this, in ms, was told by no clock. */
const believedMs = 24 * 60 * 60_000;

/**
 * Brings an agent's times to this page's clock. The two may differ by minutes, so the first message of an agent sets
 * how far apart they are (its way through the network included), and all later ones keep that distance: what the
 * agent did first stays first.
 */
export class AgentClock {
  #behindMs: number | undefined;

  /**
   * Takes and gives ms since the epoch. `arrivedAtMs` is on the page's clock, and the answer where the agent's time makes
   * no sense: a time that no date can hold would leave a transcript that can be neither shown nor saved.
   */
  toPage(agentMs: number, arrivedAtMs: number): number {
    this.#behindMs ??= arrivedAtMs - agentMs;
    const atMs = agentMs + this.#behindMs;
    return Math.abs(arrivedAtMs - atMs) <= believedMs ? atMs : arrivedAtMs;
  }
}
