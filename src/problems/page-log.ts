export type About = Readonly<Record<string, string | number | boolean | undefined>>;

export interface LogEntry {
  /** ISO 8601, by this machine's clock. */
  readonly at: string;
  readonly event: string;
  readonly about: About;
}

/** Both in ms; one of them jumps when the machine's time is set, or when it slept. */
export interface Clocks {
  wall(): number;
  steady(): number;
}

/** An hour of a troubled talk; of more, the oldest go. */
export const entriesAtMost = 500;
/** Less than this, in ms, is what two clocks differ by anyway. */
const jumpMs = 2000;

/** What happened to this page, for whoever is to find out why: never what was said, and never a token. */
export class PageLog {
  readonly #clocks: Clocks;
  #entries: readonly LogEntry[] = [];
  #forgotten = 0;
  #apartMs: number | undefined;

  constructor(clocks: Clocks) {
    this.#clocks = clocks;
  }

  note(event: string, about: About = {}): void {
    this.#watchClock();
    this.#add(event, about);
  }

  /** As a file, with what is true of the page as a whole. */
  toJson(page: About): string {
    const file = { format: 'parley-page-log', ...page, forgotten: this.#forgotten };
    return `${JSON.stringify({ ...file, entries: this.#entries }, undefined, 2)}\n`;
  }

  #watchClock(): void {
    const apartMs = this.#clocks.wall() - this.#clocks.steady();
    const byMs = Math.round(apartMs - (this.#apartMs ?? apartMs));
    this.#apartMs = apartMs;
    if (Math.abs(byMs) >= jumpMs) this.#add('clock jumped', { byMs });
  }

  #add(event: string, about: About): void {
    const at = new Date(this.#clocks.wall()).toISOString();
    const entries = [...this.#entries, { at, event, about }];
    this.#forgotten += Math.max(0, entries.length - entriesAtMost);
    this.#entries = entries.slice(-entriesAtMost);
  }
}
