import type { Fault } from './faults.ts';

/** What happened on one stream, in order. `session` counts streams from 0; times are ms since the epoch, with fractions. */
export type LogEntry = { readonly session: number; readonly atMs: number } & Happening;

export type Happening =
  | { readonly kind: 'opened'; readonly modelId: string }
  /** Any event of the client but its sound, of which only the first is noted. */
  | { readonly kind: 'event'; readonly name: string; readonly body: unknown }
  /** An exception of the service was the answer. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'speech_started' }
  /** `endedAtMs` is when the last sound of the words arrived here. */
  | { readonly kind: 'heard'; readonly text: string; readonly endedAtMs: number }
  /** The first sound of a reply went out. */
  | { readonly kind: 'sounded' }
  /** A reply is over. `heard` is what was played of it, as far as the service knows. */
  | { readonly kind: 'replied'; readonly said: string; readonly heard: string }
  | { readonly kind: 'fault'; readonly fault: Fault }
  | { readonly kind: 'closed'; readonly how: string };

type OfKind<K extends Happening['kind']> = Extract<LogEntry, { kind: K }>;

/** Everything that happened, and a way to wait for what has not happened yet. */
export class Log {
  readonly #entries: LogEntry[] = [];
  readonly #listeners = new Set<() => void>();

  get entries(): readonly LogEntry[] {
    return this.#entries;
  }

  add(session: number, happening: Happening): void {
    this.#entries.push({ session, atMs: epochMs(), ...happening });
    for (const listener of [...this.#listeners]) listener();
  }

  of<K extends Happening['kind']>(kind: K): OfKind<K>[] {
    return this.#entries.filter((entry): entry is OfKind<K> => entry.kind === kind);
  }

  /** The first such entry, also if it is there already. Rejects after `timeoutMs`. */
  until<K extends Happening['kind']>(
    kind: K,
    matches: (entry: OfKind<K>) => boolean = () => true,
    timeoutMs = 15_000,
  ): Promise<OfKind<K>> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = this.of(kind).find(matches);
        if (!found) return;
        stop();
        resolve(found);
      };
      const timer = setTimeout(() => {
        stop();
        const kinds = this.#entries.slice(-12).map((entry) => entry.kind);
        reject(
          new Error(`No "${kind}" within ${timeoutMs} ms; the last were: ${kinds.join(', ')}`),
        );
      }, timeoutMs);
      const stop = () => {
        clearTimeout(timer);
        this.#listeners.delete(look);
      };
      this.#listeners.add(look);
      look();
    });
  }
}

export function epochMs(): number {
  return performance.timeOrigin + performance.now();
}
