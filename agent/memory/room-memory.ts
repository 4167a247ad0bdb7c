import { z } from 'zod';
import { storedSettings } from '#protocol/settings.ts';

/** How long a conversation is remembered after it was left, in ms. */
export const memoryLifetimeMs = 5 * 60_000;
/** At most this many conversations are kept; the oldest goes first. */
export const memoryCapacity = 1000;

const said = z.object({
  role: z.enum(['user', 'assistant']),
  text: z.string().max(20_000),
  atMs: z.number(),
  interrupted: z.boolean(),
});

/** What is carried from one stay in a room to the next. */
export const conversationMemory = z.object({
  said: z.array(said).max(500),
  notes: z.array(z.object({ text: z.string().max(2000), atMs: z.number() })).max(200),
  timers: z
    .array(
      z.object({
        id: z.number().int(),
        name: z.string().max(200).optional(),
        durationMs: z.number(),
        endsAtMs: z.number(),
      }),
    )
    .max(50),
  /** In effect when the room was left. */
  settings: z.optional(storedSettings.schema),
});
export type ConversationMemory = z.infer<typeof conversationMemory>;

/**
 * Conversations that were left and may be taken up again, in this worker's memory only: nothing is written to a disk.
 * The key is the room and the identity together, so that nobody else who enters the room hears of it.
 */
export class RoomMemory {
  readonly #entries = new Map<string, { memory: ConversationMemory; expiresAtMs: number }>();

  constructor(private readonly now: () => number = Date.now) {}

  keep(room: string, identity: string, memory: ConversationMemory): void {
    const key = keyOf(room, identity);
    this.#entries.delete(key);
    this.#entries.set(key, { memory, expiresAtMs: this.now() + memoryLifetimeMs });
    this.#forgetOld();
  }

  recall(room: string, identity: string): ConversationMemory | undefined {
    this.#forgetOld();
    return this.#entries.get(keyOf(room, identity))?.memory;
  }

  get size(): number {
    this.#forgetOld();
    return this.#entries.size;
  }

  /** Entries stand in the order of their writing, which is the order of their expiry. */
  #forgetOld(): void {
    for (const [key, entry] of this.#entries) {
      if (entry.expiresAtMs > this.now() && this.#entries.size <= memoryCapacity) return;
      this.#entries.delete(key);
    }
  }
}

function keyOf(room: string, identity: string): string {
  return JSON.stringify([room, identity]);
}
