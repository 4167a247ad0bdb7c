/** LiveKit server gives no job to a worker that reports this load or more (its `agents.target_load`). */
const refusedFrom = 0.7;
/** About this many conversations keep one core busy. */
const conversationsPerCore = 8;

/**
 * The load that a worker reports: it grows with its conversations, so that LiveKit spreads rooms over workers, and stays
 * below the mark from which LiveKit gives it none. The framework's own measure is the load of the whole machine, and a
 * laptop that is busy with anything at all would leave its person without an assistant.
 */
export function reportedLoad(conversations: number, cores: number): number {
  return Math.min(conversations / (cores * conversationsPerCore), 1) * (refusedFrom - 0.05);
}
